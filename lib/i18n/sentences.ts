/**
 * The server's own messages, mainly errors. They are in a separate catalogue, which isn't sent to pages, and are
 * translated to the reader's language when they leave the server.
 */
import german from "@/lib/i18n/de.sentences.json" with { type: "json" }
import english from "@/lib/i18n/en.sentences.json" with { type: "json" }
import { formatMessage } from "@/lib/i18n/format"
import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/language"
import type { Sentence, Value, Values } from "@/lib/i18n/sentence.types"

export type SentenceKey = keyof typeof english

type Catalogue = Record<SentenceKey, string>
const CATALOGUES: Record<Language, Catalogue> = { en: english, de: german }

const isKey = (catalogue: Catalogue, key: string): key is SentenceKey => Object.hasOwn(catalogue, key)

/**
 * The sentence as text. `fallback` is used if this version doesn't know the sentence or its values (a newer or older
 * version stored it). Never throws.
 */
export function renderSentence(
  sentence: Sentence,
  language: Language = DEFAULT_LANGUAGE,
  fallback: string = sentence.key,
): string {
  return spoken(sentence, { language, catalogue: CATALOGUES[language] }) ?? fallback
}

interface Speech {
  language: string
  catalogue: Catalogue
}

function spoken({ key, values = {}, words }: Sentence, speech: Speech): string | null {
  if (!isKey(speech.catalogue, key)) return null
  const known = Object.entries(values).map(([name, value]) => [name, spokenValue(value, speech)] as const)
  if (known.some(([, value]) => value === null)) return null
  const told = formatMessage(speech.catalogue[key], Object.fromEntries(known), speech.language)
  if (told === null || !words) return told
  return formatMessage(speech.catalogue.words, { sentence: told, words }, speech.language)
}

function spokenValue(value: Value, speech: Speech): string | number | null {
  if (typeof value !== "object") return value
  if (!("list" in value)) return spoken(value, speech)
  const items = value.list.map((item) => (typeof item === "string" ? item : spoken(item, speech)))
  const known = items.filter((item) => item !== null)
  const type = value.as === "and" ? "conjunction" : "disjunction"
  return known.length === items.length ? new Intl.ListFormat(speech.language, { type }).format(known) : null
}

/** A sentence of the catalogue; `en.sentences.json` names its values. */
export const sentence = (key: SentenceKey, values?: Values): Sentence => (values ? { key, values } : { key })

/** A sentence in stored form: with its text, for programs and for versions that don't know it. */
export const told = (said: Sentence): { text: string; sentence: Sentence } => ({
  text: renderSentence(said),
  sentence: said,
})
