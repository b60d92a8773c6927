/** What was wrong with a sign-in that went through an issuer: told by the page to which the browser comes back. */
import { signed, unsigned } from "@/lib/auth/signed"
import type { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { type Sentence, sentenceSchema } from "@/lib/i18n/sentence.types"
import { inWords } from "@/lib/i18n/sentences"

const PURPOSE = "sign-in problem"

/** The page that tells it. Signed: nobody else makes this page say something. */
export function problemAddress(said: Sentence | AppError, page = "/sign-in"): string {
  const told = "sentence" in said ? said.sentence : said
  return `${page}?problem=${signed(PURPOSE, Buffer.from(JSON.stringify(told)).toString("base64url"))}`
}

/** The sentence of such an address; null for what isn't one of ours. */
export function problemIn(value: unknown, language: Language): string | null {
  const text = typeof value === "string" ? unsigned(PURPOSE, value) : null
  if (text === null) return null
  return inWords(sentenceSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString())), language)
}
