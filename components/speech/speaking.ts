/** The answer being read aloud; only one at a time per page. */
import { requestText } from "@/components/base/request-texts"
import { Store } from "@/components/base/store"
import { toast } from "@/components/ui/toast"

const speaking = new Store<string | null>(null)
/** Counts starts and stops, so that a late end does not stop a newer run. */
let run = 0
let voices: boolean | null = null
let heard = false

function lookForVoices(): void {
  voices = window.speechSynthesis.getVoices().some(({ localService }) => localService)
  speaking.tell()
}

/** Notifies when reading starts or stops, and when voices load. Returns an unsubscribe function. */
function subscribe(listener: () => void): () => void {
  if (!heard && "speechSynthesis" in window) {
    heard = true
    window.speechSynthesis.addEventListener("voiceschanged", lookForVoices)
    // Speech would otherwise continue on the next page.
    window.addEventListener("pagehide", stopSpeaking)
  }
  return speaking.subscribe(listener)
}

/** Id of the answer being read. */
export const speakingAnswer = { get: speaking.get, subscribe }

/** Whether there is a local voice, so that text being read does not leave this machine. */
export function canSpeak(): boolean {
  if (voices === null && "speechSynthesis" in window)
    voices = window.speechSynthesis.getVoices().some(({ localService }) => localService)
  return voices ?? false
}

/** Reads an answer aloud, stopping any other. */
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

/** Stops when the message being read is removed, but not when it is merely far from the viewport. */
export function stopWithMessage(id: string): void {
  if (speaking.get() === id && !document.querySelector(`[data-message-id="${CSS.escape(id)}"]`)) stopSpeaking()
}
