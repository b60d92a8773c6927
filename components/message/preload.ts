/** Code for showing messages that the start page does not need: loaded when the user starts typing. */

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

/** Loads it before the first message is sent. Failures are ignored: it is loaded again when needed. */
export function preloadMessages(): void {
  fetchList().catch(() => undefined)
  loadMarkdown().catch(() => undefined)
}
