/** Where spoken text goes in a written one. Pure. */
import type { SpokenResult } from "@/components/composer/speech-recognition"

/** Writing that has no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const OPENING = /[\s([{“‘"'«¿¡/-]$/
const CLOSING = /^[\s.,;:!?)\]}”’"'»…/-]/

/** Two pieces with a space between them, where one belongs. */
export function glue(first: string, second: string): string {
  if (!first || !second || OPENING.test(first) || CLOSING.test(second)) return first + second
  const last = Array.from(first.slice(-2)).at(-1) ?? ""
  return UNSPACED.test(last) && UNSPACED.test(second.slice(0, 1)) ? first + second : `${first} ${second}`
}

/** All that was said, as far as it is understood now. */
export const saidIn = (results: ArrayLike<SpokenResult>): string =>
  Array.from(results, (result) => result[0].transcript.trim()).reduce(glue, "")

/** What was said, in the text around the caret; `caret` is behind it. */
export function placed(before: string, said: string, after: string): { text: string; caret: number } {
  const head = said ? glue(before, said) : before
  return { text: said ? glue(head, after) : before + after, caret: head.length }
}

export type DictationFault = "denied" | "noMicrophone" | "nothingHeard" | "unreachable" | "language" | "failed"

const FAULTS: Record<string, DictationFault> = {
  "not-allowed": "denied",
  "service-not-allowed": "denied",
  "audio-capture": "noMicrophone",
  "no-speech": "nothingHeard",
  network: "unreachable",
  "language-not-supported": "language",
}

/** What to say of a fault by the browser's name for it; null for none: it was ended here. */
export const faultOf = (error: string): DictationFault | null =>
  error === "aborted" ? null : (FAULTS[error] ?? "failed")
