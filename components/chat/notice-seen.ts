/** Which notice of who answers this browser has seen: in a cookie, so that the server draws the page right at once. */
import { keepCookie } from "@/components/base/cookie"
import type { ModelsResponse } from "@/lib/models/model.types"

export const NOTICE_COOKIE = "sparkler.notice"

/** What the page tells; another one when somebody else answers. */
export const noticeId = ({ kind, host }: ModelsResponse["notice"]): string =>
  encodeURIComponent(host ? `${kind} ${host}` : kind)

/** Seen in this tab: a page that was read earlier doesn't know. */
const here = new Set<string>()

export const wasSeenHere = (id: string): boolean => here.has(id)

/** In the browser only. */
export function noteSeen(id: string): void {
  here.add(id)
  keepCookie(NOTICE_COOKIE, id)
}
