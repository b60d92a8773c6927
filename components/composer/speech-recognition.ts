/** The subset of the Web Speech API used here, which the DOM library lacks. */

export interface SpokenResult {
  isFinal: boolean
  0: { transcript: string }
}

export interface Recognition extends EventTarget {
  lang: string
  continuous: boolean
  interimResults: boolean
  /** Newer browsers: speech is processed on this device only. */
  processLocally?: boolean
  start(): void
  stop(): void
  abort(): void
  onstart: (() => void) | null
  onresult: ((event: { results: ArrayLike<SpokenResult> }) => void) | null
  onerror: ((event: { error: string }) => void) | null
  onend: (() => void) | null
}

export interface RecognitionConstructor {
  new (): Recognition
  available?: (options: { langs: string[]; processLocally: boolean }) => Promise<string>
}

declare global {
  interface Window {
    SpeechRecognition?: RecognitionConstructor
    webkitSpeechRecognition?: RecognitionConstructor
  }
}

/** Undefined where the browser does not support it. */
export const speechRecognition = (): RecognitionConstructor | undefined =>
  window.SpeechRecognition ?? window.webkitSpeechRecognition

/** The language most likely spoken. */
export const spokenLanguage = (): string => navigator.language || "en"

/** Whether the browser can recognize the language on the device. */
export async function supportsOnDeviceRecognition(language: string): Promise<boolean> {
  try {
    const state = await speechRecognition()?.available?.({ langs: [language], processLocally: true })
    return state === "available"
  } catch {
    return false
  }
}
