/**
 * Determines the language that a browser prefers. Plain Node, so that code that runs before the build can use it, too.
 */

/** No browser sends longer headers. */
const MAX_HEADER_CHARS = 500

/**
 * The chosen language tag from these cookies.
 * @param {string} cookies
 * @returns {string | undefined}
 */
export const chosenTag = (cookies) => /(?:^|;\s*)sparkler\.language=([a-z]+)/.exec(cookies)?.[1]

/**
 * `de` of `de-AT`.
 * @param {string} tag
 * @returns {string}
 */
export const primarySubtag = (tag) => tag.split("-")[0]?.toLowerCase() ?? ""

/**
 * The tags of an Accept-Language header (RFC 9110, 12.5.4), the most preferred first. Never throws.
 * @param {string | null | undefined} acceptLanguage
 * @returns {string[]}
 */
export function acceptedLanguageTags(acceptLanguage) {
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
      // A stable sort: equal preferences keep their order.
      .sort((a, b) => b.q - a.q)
      .map(({ tag }) => tag)
  )
}
