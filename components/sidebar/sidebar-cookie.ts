/** Where it is kept that the conversations are hidden: a cookie, so that the server draws the page right at once. */
export const SIDEBAR_COOKIE = "sparkler.sidebar"
export const SIDEBAR_HIDDEN = "hidden"

const YEAR_SECONDS = 365 * 24 * 60 * 60

export function keepSidebar(open: boolean): void {
  const kept = open ? "=; max-age=0" : `=${SIDEBAR_HIDDEN}; max-age=${YEAR_SECONDS}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
  document.cookie = `${SIDEBAR_COOKIE}${kept}; path=/; samesite=lax`
}
