/** One dictation, from the start to the end of listening. Fetched when somebody first wants to. */
import { type DictationFault, faultOf, placed, saidIn } from "@/components/composer/dictated"
import { recognizesHere, speechRecognition, spokenLanguage } from "@/components/composer/speech-recognition"
import type { DraftStore } from "@/components/draft/draft"

export interface Dictation {
  /** Ends listening; what was said last may still come. */
  stop(): void
  /** Ends at once. */
  abort(): void
}

interface Options {
  field: HTMLTextAreaElement
  draft: DraftStore
  onListening: () => void
  onEnd: (fault: DictationFault | null) => void
}

/**
 * Listens, and writes at the caret what it understands, correcting itself while it listens. Who types meanwhile, or
 * sends, ends it. Null where the browser has no speech recognition.
 */
export async function dictate({ field, draft, onListening, onEnd }: Options): Promise<Dictation | null> {
  const Recognition = speechRecognition()
  if (!Recognition) return null
  const recognition = new Recognition()
  recognition.lang = spokenLanguage()
  // On Android each result repeats those before it: one phrase at a time there.
  recognition.continuous = !navigator.userAgent.includes("Android")
  recognition.interimResults = true
  if (await recognizesHere(recognition.lang)) recognition.processLocally = true

  const { value, selectionStart, selectionEnd } = field
  const before = value.slice(0, selectionStart)
  const after = value.slice(selectionEnd)
  let written = value
  let fault: DictationFault | null = null
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
