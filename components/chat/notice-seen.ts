/**
 * Which notice about the answering service this browser has seen: in a cookie, so that the server can render the page
 * correctly right away.
 */
import { saveCookie } from "@/components/base/cookie"
import type { ModelsResponse } from "@/lib/models/model.types"

export const NOTICE_COOKIE = "sparkler.notice"

/** Identifies the notice's content; differs when a different service answers. */
export const noticeId = ({ kind, host }: ModelsResponse["notice"]): string =>
  encodeURIComponent(host ? `${kind} ${host}` : kind)

/** Seen in this tab: a page loaded earlier doesn't know. */
const here = new Set<string>()

export const wasSeenHere = (id: string): boolean => here.has(id)

/** Browser only. */
export function noteSeen(id: string): void {
  here.add(id)
  saveCookie(NOTICE_COOKIE, id)
}
