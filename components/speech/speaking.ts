/** Which answer is read aloud, one at a time on a page. */

const listeners = new Set<() => void>()
let speaking: string | null = null
/** Counts starts and stops: what ends late must not end what was begun since. */
let run = 0
let voices: boolean | null = null

const tell = () => {
  for (const listener of listeners) listener()
}
const set = (id: string | null) => {
  speaking = id
  tell()
}

function lookForVoices(): void {
  voices = window.speechSynthesis.getVoices().some(({ localService }) => localService)
  tell()
}

/** Hears of what is read and of voices that come. Returns how to leave. */
export function subscribeSpeaking(listener: () => void): () => void {
  if (listeners.size === 0 && "speechSynthesis" in window) {
    window.speechSynthesis.addEventListener("voiceschanged", lookForVoices)
    // What is read when the page is left would be read on the next one.
    window.addEventListener("pagehide", stopSpeaking)
  }
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** There is a voice on this machine: nothing that is read leaves it. */
export function canSpeak(): boolean {
  if (voices === null && "speechSynthesis" in window)
    voices = window.speechSynthesis.getVoices().some(({ localService }) => localService)
  return voices ?? false
}

export const speakingId = (): string | null => speaking

/** Reads an answer instead of what is read now. */
export async function startSpeaking(id: string, markdown: string): Promise<void> {
  stopSpeaking()
  const own = ++run
  const ended = () => {
    if (own === run) set(null)
  }
  set(id)
  try {
    const { speak } = await import("@/components/speech/speak")
    if (own === run) speak(markdown, ended)
  } catch {
    ended()
  }
}

export function stopSpeaking(): void {
  if (speaking === null) return
  run++
  set(null)
  window.speechSynthesis.cancel()
}

/** Ends when the message that is read is there no more; one that is only far from the view is. */
export function stopWithMessage(id: string): void {
  if (speaking === id && !document.querySelector(`[data-message-id="${CSS.escape(id)}"]`)) stopSpeaking()
}
