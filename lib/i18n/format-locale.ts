/** The locale for dates and numbers: the page's language, with the conventions of the browser's country. */
import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/language"
import { acceptedLanguageTags, primarySubtag } from "@/lib/i18n/wanted.mjs"

export const DEFAULT_FORMAT_LOCALE: string = DEFAULT_LANGUAGE

/**
 * The preferred tag of an Accept-Language header in this language that `Intl` supports (`de-AT`), else the language
 * with the country of the preferred tag (`en-CA` for `fr-CA`), else the language. Never throws.
 */
export function formatLocale(acceptLanguage: string | null, language: Language): string {
  const known = acceptedLanguageTags(acceptLanguage).flatMap(supported)
  const own = known.find((tag) => primarySubtag(tag) === language)
  if (own) return own
  const country = known.map((tag) => new Intl.Locale(tag).region).find((region) => region !== undefined)
  return country ? `${language}-${country}` : language
}

function supported(tag: string): string[] {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)
  } catch {
    // Not a language tag.
    return []
  }
}
