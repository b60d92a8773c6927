/** How dates and numbers are written for one reader: by what the browser asks for, whatever language the texts are in. */

/** Where the browser asks for nothing, or for nothing that is known. */
export const DEFAULT_FORMAT_LOCALE = "en"

/** Longer headers are not a browser's. */
const MAX_HEADER_CHARS = 500

/**
 * The most wanted language of an Accept-Language header (RFC 9110, 12.5.4) that `Intl` knows, as its canonical name.
 * Never throws.
 */
export function formatLocale(acceptLanguage: string | null): string {
  const wanted = (acceptLanguage ?? "")
    .slice(0, MAX_HEADER_CHARS)
    .split(",")
    .map((entry) => {
      const [tag = "", ...parameters] = entry.split(";").map((part) => part.trim())
      const weight = parameters.find((parameter) => parameter.startsWith("q="))
      return { tag, q: weight ? Number(weight.slice(2)) : 1 }
    })
    .filter(({ tag, q }) => tag !== "" && tag !== "*" && q > 0)
    // Stable: what is wanted alike stays in its order.
    .sort((a, b) => b.q - a.q)
  for (const { tag } of wanted) {
    const known = supported(tag)
    if (known) return known
  }
  return DEFAULT_FORMAT_LOCALE
}

function supported(tag: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0]
  } catch {
    // Not a language tag.
    return undefined
  }
}
