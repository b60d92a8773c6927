/** Inserts dictated text into written text. Pure. */
import type { SpokenResult } from "@/components/composer/speech-recognition"

/** Scripts without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const OPENING = /[\s([{“‘"'«¿¡/-]$/
const CLOSING = /^[\s.,;:!?)\]}”’"'»…/-]/

/** Joins two pieces, with a space between them where needed. */
export function joinWithSpace(first: string, second: string): string {
  if (!first || !second || OPENING.test(first) || CLOSING.test(second)) return first + second
  const last = Array.from(first.slice(-2)).at(-1) ?? ""
  return UNSPACED.test(last) && UNSPACED.test(second.slice(0, 1)) ? first + second : `${first} ${second}`
}

/** The full transcript as currently recognized. */
export const saidIn = (results: ArrayLike<SpokenResult>): string =>
  Array.from(results, (result) => result[0].transcript.trim()).reduce(joinWithSpace, "")

/** The transcript inserted at the caret; `caret` is the position after it. */
export function placed(before: string, said: string, after: string): { text: string; caret: number } {
  const head = said ? joinWithSpace(before, said) : before
  return { text: said ? joinWithSpace(head, after) : before + after, caret: head.length }
}

export type DictationError = "denied" | "noMicrophone" | "nothingHeard" | "unreachable" | "language" | "failed"

const FAULTS: Record<string, DictationError> = {
  "not-allowed": "denied",
  "service-not-allowed": "denied",
  "audio-capture": "noMicrophone",
  "no-speech": "nothingHeard",
  network: "unreachable",
  "language-not-supported": "language",
}

/** The fault for the browser's error name; null when it was aborted by this page. */
export const faultOf = (error: string): DictationError | null =>
  error === "aborted" ? null : (FAULTS[error] ?? "failed")
