/** The browser's speech recognition, as far as it is used here: the DOM library does not know it (Web Speech API). */

export interface SpokenResult {
  isFinal: boolean
  0: { transcript: string }
}

export interface Recognition extends EventTarget {
  lang: string
  continuous: boolean
  interimResults: boolean
  /** Newer browsers: nothing that is said leaves this machine. */
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

/** Undefined where the browser has none. */
export const speechRecognition = (): RecognitionConstructor | undefined =>
  window.SpeechRecognition ?? window.webkitSpeechRecognition

/** The language that is spoken, most likely. */
export const spokenLanguage = (): string => navigator.language || "en"

/** The browser can recognize the language without sending what it hears anywhere. */
export async function recognizesHere(language: string): Promise<boolean> {
  try {
    const state = await speechRecognition()?.available?.({ langs: [language], processLocally: true })
    return state === "available"
  } catch {
    return false
  }
}
