/** How dates and numbers are written for one reader: in the page's language, as the browser's country writes them. */
import { DEFAULT_LANGUAGE, type Language } from "@/lib/i18n/language"
import { primaryOf, wantedTags } from "@/lib/i18n/wanted.mjs"

export const DEFAULT_FORMAT_LOCALE: string = DEFAULT_LANGUAGE

/**
 * The most wanted tag of an Accept-Language header in this language that `Intl` knows (`de-AT`), else the language in the
 * country of the most wanted one (`en-CA` for `fr-CA`), else the language. Never throws.
 */
export function formatLocale(acceptLanguage: string | null, language: Language): string {
  const known = wantedTags(acceptLanguage).flatMap(supported)
  const own = known.find((tag) => primaryOf(tag) === language)
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
