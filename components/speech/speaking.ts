/** Which answer is read aloud, one at a time on a page. */
import { requestText } from "@/components/base/request-texts"
import { Store } from "@/components/base/store"
import { toast } from "@/components/ui/toast"

const speaking = new Store<string | null>(null)
/** Counts starts and stops: what ends late must not end what was begun since. */
let run = 0
let voices: boolean | null = null
let heard = false

function lookForVoices(): void {
  voices = window.speechSynthesis.getVoices().some(({ localService }) => localService)
  speaking.tell()
}

/** Hears of what is read and of voices that come. Returns how to leave. */
function subscribe(listener: () => void): () => void {
  if (!heard && "speechSynthesis" in window) {
    heard = true
    window.speechSynthesis.addEventListener("voiceschanged", lookForVoices)
    // What is read when the page is left would be read on the next one.
    window.addEventListener("pagehide", stopSpeaking)
  }
  return speaking.subscribe(listener)
}

/** Id of the answer that is read. */
export const speakingAnswer = { get: speaking.get, subscribe }

/** There is a voice on this machine: nothing that is read leaves it. */
export function canSpeak(): boolean {
  if (voices === null && "speechSynthesis" in window)
    voices = window.speechSynthesis.getVoices().some(({ localService }) => localService)
  return voices ?? false
}

/** Reads an answer instead of what is read now. */
export async function startSpeaking(id: string, markdown: string): Promise<void> {
  stopSpeaking()
  const own = ++run
  const ended = () => {
    if (own === run) speaking.set(null)
  }
  speaking.set(id)
  try {
    const { speak } = await import("@/components/speech/speak")
    if (own === run) speak(markdown, ended)
  } catch {
    ended()
    toast.error(requestText("unreachable"))
  }
}

export function stopSpeaking(): void {
  if (speaking.get() === null) return
  run++
  speaking.set(null)
  window.speechSynthesis.cancel()
}

/** Ends when the message that is read is there no more; one that is only far from the view is. */
export function stopWithMessage(id: string): void {
  if (speaking.get() === id && !document.querySelector(`[data-message-id="${CSS.escape(id)}"]`)) stopSpeaking()
}
