/** Cookies for preferences that the server needs to render a page correctly right away. */

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Stores a cookie in this browser for a year; null deletes it. `value` must already be a valid cookie value. */
export function saveCookie(name: string, value: string | null): void {
  const kept = value === null ? "=; max-age=0" : `=${value}; max-age=${YEAR_SECONDS}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
  document.cookie = `${name}${kept}; path=/; samesite=lax`
}
