/** Sidebar state stored in cookies, so that the server renders the page correctly right away. */
import { saveCookie } from "@/components/base/cookie"

export const SIDEBAR_COOKIE = "sparkler.sidebar"
export const SIDEBAR_HIDDEN = "hidden"
/** Ids of the open folders, separated by dots. */
export const FOLDERS_COOKIE = "sparkler.folders"
/** Maximum that fit a reasonable cookie; the last opened are kept. */
const MAX_OPEN = 40

export const saveSidebar = (open: boolean) => saveCookie(SIDEBAR_COOKIE, open ? null : SIDEBAR_HIDDEN)

export const saveOpenFolders = (ids: string[]) =>
  saveCookie(FOLDERS_COOKIE, ids.length > 0 ? ids.slice(-MAX_OPEN).join(".") : null)

export const openFoldersOf = (cookie: string | undefined) => (cookie ? cookie.split(".").slice(0, MAX_OPEN) : [])
