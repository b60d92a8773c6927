/**
 * Replaces the browser's speech API, which needs a microphone, voices, and its vendor's servers, with the same
 * interface.
 */
import type { Page } from "@playwright/test"

/** What the page requested from the speech API. */
interface Heard {
  spoken: string[]
  /** Simulates speech, or ends with an error. */
  say: (...results: string[]) => void
  fail: (error: string) => void
}

declare global {
  interface Window {
    speech: Heard
  }
}

/** Installs the replacement before the page's own scripts. Its voice reads until it is stopped. */
export async function withSpeech(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let current: Recognition | null = null
    class Recognition extends EventTarget {
      onstart: (() => void) | null = null
      onresult: ((event: { results: object }) => void) | null = null
      onerror: ((event: { error: string }) => void) | null = null
      onend: (() => void) | null = null
      start() {
        current = this
        queueMicrotask(() => this.onstart?.())
      }
      stop() {
        current = null
        queueMicrotask(() => this.onend?.())
      }
      abort() {
        this.stop()
      }
    }
    const spoken: string[] = []
    const voice = { lang: "en-US", localService: true, default: true, name: "Test", voiceURI: "test" }
    const synthesis = Object.assign(new EventTarget(), {
      getVoices: () => [voice],
      speak: ({ text }: { text: string }) => void spoken.push(text),
      cancel: () => void spoken.splice(0),
    })
    class Utterance {
      constructor(readonly text: string) {}
    }
    const results = (texts: string[]) => texts.map((transcript) => ({ isFinal: false, 0: { transcript } }))
    const values = {
      SpeechRecognition: Recognition,
      webkitSpeechRecognition: Recognition,
      speechSynthesis: synthesis,
      SpeechSynthesisUtterance: Utterance,
      speech: {
        spoken,
        say: (...texts: string[]) => current?.onresult?.({ results: results(texts) }),
        fail: (error: string) => {
          current?.onerror?.({ error })
          current?.stop()
        },
      },
    }
    for (const [name, value] of Object.entries(values)) Object.defineProperty(window, name, { value })
  })
}
