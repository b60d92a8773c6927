/** Which languages the page has, and which one a reader gets. Safe to import on both sides. */

/** Another one is three catalogues beside the German ones and a line here, in `sentences.ts`, `request.ts` and `types.d.ts`. */
export const LANGUAGES = ["en", "de"] as const
export type Language = (typeof LANGUAGES)[number]
export const DEFAULT_LANGUAGE: Language = "en"

/** As its speakers call it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", de: "Deutsch" }

/** Keeps the language that somebody chose; without it the browser's is taken. */
export const LANGUAGE_COOKIE = "sparkler.language"

/** Longer headers are not a browser's. */
const MAX_HEADER_CHARS = 500

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
  const kept = /(?:^|;\s*)sparkler\.language=([a-z]+)/.exec(cookies)?.[1]
  return isLanguage(kept) ? kept : undefined
}

/** `de` of `de-AT`. */
export const primaryOf = (tag: string): string => tag.split("-")[0]?.toLowerCase() ?? ""

/** The tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first. Never throws. */
export function wantedTags(acceptLanguage: string | null): string[] {
  const wanted = (acceptLanguage ?? "")
    .slice(0, MAX_HEADER_CHARS)
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.split(";").map((part) => part.trim())
      const weight = parameters.find((parameter) => parameter.startsWith("q="))
      return { tag, q: weight ? Number(weight.slice(2)) : 1 }
    })
  return (
    wanted
      .filter(({ tag, q }) => tag !== "" && tag !== "*" && q > 0)
      // Stable: what is wanted alike stays in its order.
      .sort((a, b) => b.q - a.q)
      .map(({ tag }) => tag)
  )
}
