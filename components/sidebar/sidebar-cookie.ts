/** What is kept of the sidebar: in cookies, so that the server draws the page right at once. */
import { keepCookie } from "@/components/base/cookie"

export const SIDEBAR_COOKIE = "sparkler.sidebar"
export const SIDEBAR_HIDDEN = "hidden"
/** Ids of the folders that stand open, with dots between them. */
export const FOLDERS_COOKIE = "sparkler.folders"
/** As many as a cookie should carry, the last opened. */
const MAX_OPEN = 40

export const keepSidebar = (open: boolean) => keepCookie(SIDEBAR_COOKIE, open ? null : SIDEBAR_HIDDEN)

export const keepOpenFolders = (ids: string[]) =>
  keepCookie(FOLDERS_COOKIE, ids.length > 0 ? ids.slice(-MAX_OPEN).join(".") : null)

export const openFoldersOf = (cookie: string | undefined) => (cookie ? cookie.split(".").slice(0, MAX_OPEN) : [])
