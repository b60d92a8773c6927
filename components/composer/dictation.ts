/** One dictation from start to end. Loaded on first use. */
import { type DictationError, faultOf, placed, saidIn } from "@/components/composer/dictated"
import {
  speechRecognition,
  spokenLanguage,
  supportsOnDeviceRecognition,
} from "@/components/composer/speech-recognition"
import type { DraftStore } from "@/components/draft/draft"

export interface Dictation {
  /** Stops listening; a last result may still arrive. */
  stop(): void
  /** Ends immediately. */
  abort(): void
}

interface Options {
  field: HTMLTextAreaElement
  draft: DraftStore
  onListening: () => void
  onEnd: (fault: DictationError | null) => void
}

/**
 * Listens and inserts the recognized text at the caret, correcting it as recognition proceeds. Typing or sending ends
 * it. Null where the browser has no speech recognition.
 */
export async function dictate({ field, draft, onListening, onEnd }: Options): Promise<Dictation | null> {
  const Recognition = speechRecognition()
  if (!Recognition) return null
  const recognition = new Recognition()
  recognition.lang = spokenLanguage()
  // On Android each result repeats the previous ones, so only one phrase is recognized at a time.
  recognition.continuous = !navigator.userAgent.includes("Android")
  recognition.interimResults = true
  if (await supportsOnDeviceRecognition(recognition.lang)) recognition.processLocally = true

  const { value, selectionStart, selectionEnd } = field
  const before = value.slice(0, selectionStart)
  const after = value.slice(selectionEnd)
  let written = value
  let fault: DictationError | null = null
  let over = false
  const write = (said: string) => {
    const { text, caret } = placed(before, said, after)
    written = text
    field.setRangeText(text, 0, field.value.length, "end")
    field.setSelectionRange(caret, caret)
    draft.update(() => ({ text }))
  }
  const leave = draft.subscribe(() => draft.get().text !== written && recognition.abort())
  recognition.onstart = onListening
  recognition.onresult = ({ results }) => {
    if (!over && draft.get().text === written) write(saidIn(results))
  }
  recognition.onerror = ({ error }) => {
    fault = faultOf(error)
  }
  recognition.onend = () => {
    if (over) return
    over = true
    leave()
    onEnd(fault)
  }
  recognition.start()
  return { stop: () => recognition.stop(), abort: () => recognition.abort() }
}
