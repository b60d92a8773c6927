/** The error of a sign-in through an issuer, shown by the page to which the browser returns. */
import { signed, unsigned } from "@/lib/auth/signed"
import type { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { type Sentence, sentenceSchema } from "@/lib/i18n/sentence.types"
import { renderSentence } from "@/lib/i18n/sentences"

const PURPOSE = "sign-in problem"

/** The URL of the page that shows the error. Signed, so that nobody else can make this page show a message. */
export function problemUrl(said: Sentence | AppError, page = "/sign-in"): string {
  const told = "sentence" in said ? said.sentence : said
  return `${page}?problem=${signed(PURPOSE, Buffer.from(JSON.stringify(told)).toString("base64url"))}`
}

/** The message in a signed URL; null if it isn't one of ours. */
export function problemIn(value: unknown, language: Language): string | null {
  const text = typeof value === "string" ? unsigned(PURPOSE, value) : null
  if (text === null) return null
  return renderSentence(sentenceSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString())), language)
}
