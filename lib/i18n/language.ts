/** The page's languages, and which one a reader gets. Safe to import on both sides. */
import { acceptedLanguageTags, chosenTag, primarySubtag } from "@/lib/i18n/wanted.mjs"

/**
 * A new language needs its own catalogues next to the German ones, and an entry here, in `sentences.ts`, `request.ts`,
 * and `app/global-error.tsx`.
 */
export const LANGUAGES = ["en", "de"] as const
export type Language = (typeof LANGUAGES)[number]
export const DEFAULT_LANGUAGE: Language = "en"

/** In the language itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" }

/** Stores the chosen language; without it, the browser's language is used. */
export const LANGUAGE_COOKIE = "sparkler.language"

const isLanguage = (text: string | undefined): text is Language => LANGUAGES.some((known) => known === text)

/**
 * The language for responses to a request with these headers: the chosen one, else the browser's most preferred one
 * that is supported, else English.
 */
export function languageOf(headers: Headers): Language {
  return (
    languageFromCookies(headers.get("cookie") ?? "") ??
    acceptedLanguageTags(headers.get("accept-language")).map(primarySubtag).find(isLanguage) ??
    DEFAULT_LANGUAGE
  )
}

/** The chosen language from these cookies; undefined: the browser's. */
export function languageFromCookies(cookies: string): Language | undefined {
  const kept = chosenTag(cookies)
  return isLanguage(kept) ? kept : undefined
}
