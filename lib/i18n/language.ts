/** Which languages the page has, and which one a reader gets. Safe to import on both sides. */
import { chosenTag, primaryOf, wantedTags } from "@/lib/i18n/wanted.mjs"

/** Another one is three catalogues beside the German ones and a line here, in `sentences.ts`, `request.ts` and `types.d.ts`. */
export const LANGUAGES = ["en", "de"] as const
export type Language = (typeof LANGUAGES)[number]
export const DEFAULT_LANGUAGE: Language = "en"

/** As its speakers call it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" }

/** Keeps the language that somebody chose; without it the browser's is taken. */
export const LANGUAGE_COOKIE = "sparkler.language"

const isLanguage = (text: string | undefined): text is Language => LANGUAGES.some((known) => known === text)

/**
 * The language in which whoever sends these headers is answered: the chosen one, else the browser's most wanted one that
 * there is, else English.
 */
export function languageOf(headers: Headers): Language {
  return (
    chosenIn(headers.get("cookie") ?? "") ??
    wantedTags(headers.get("accept-language")).map(primaryOf).find(isLanguage) ??
    DEFAULT_LANGUAGE
  )
}

/** The language that somebody chose, by their cookies; undefined: the browser's. */
export function chosenIn(cookies: string): Language | undefined {
  const kept = chosenTag(cookies)
  return isLanguage(kept) ? kept : undefined
}
