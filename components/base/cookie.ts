/** Choices by which the server draws a page right at once. */

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Keeps a cookie of this browser for a year; null takes it away. `value` has to be one of a cookie already. */
export function keepCookie(name: string, value: string | null): void {
  const kept = value === null ? "=; max-age=0" : `=${value}; max-age=${YEAR_SECONDS}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
  document.cookie = `${name}${kept}; path=/; samesite=lax`
}
