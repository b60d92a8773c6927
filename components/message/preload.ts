/** What shows a message, as far as the start page does without it: fetched when somebody writes. */

import { loadCode } from "@/components/base/load-code"
import { loadMarkdown } from "@/components/message/markdown/load"

const loadList = () =>
  loadCode(() => import("@/components/message/message-list")).then(({ MessageList }) => MessageList)

type List = Awaited<ReturnType<typeof loadList>>
let list: List | null = null

export const loadedList = (): List | null => list

export async function fetchList(): Promise<List> {
  list = await loadList()
  return list
}

/** Fetches it before the first message is sent. Nothing is lost if that fails: it is fetched again when it is needed. */
export function preloadMessages(): void {
  fetchList().catch(() => undefined)
  loadMarkdown().catch(() => undefined)
}
