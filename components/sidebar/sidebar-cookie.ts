/** What is kept of the sidebar: in cookies, so that the server draws the page right at once. */
export const SIDEBAR_COOKIE = "sparkler.sidebar"
export const SIDEBAR_HIDDEN = "hidden"
/** Ids of the folders that stand open, with dots between them. */
export const FOLDERS_COOKIE = "sparkler.folders"
/** As many as a cookie should carry, the last opened. */
const MAX_OPEN = 40

const YEAR_SECONDS = 365 * 24 * 60 * 60

function keep(cookie: string, value: string | null): void {
  const kept = value === null ? "=; max-age=0" : `=${value}; max-age=${YEAR_SECONDS}`
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
  document.cookie = `${cookie}${kept}; path=/; samesite=lax`
}

export const keepSidebar = (open: boolean) => keep(SIDEBAR_COOKIE, open ? null : SIDEBAR_HIDDEN)

export const keepOpenFolders = (ids: string[]) =>
  keep(FOLDERS_COOKIE, ids.length > 0 ? ids.slice(-MAX_OPEN).join(".") : null)

export const openFoldersOf = (cookie: string | undefined) => (cookie ? cookie.split(".").slice(0, MAX_OPEN) : [])
