"use client"

import { type RefObject, useEffect, useRef } from "react"
import { type PlacedGroup, pageScale, ROW_PX } from "@/components/sidebar/layout"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { type Section, sectionsOf } from "@/lib/chat/list/sections"

/** Pixels kept free above and below, to show the surroundings. */
const AROUND_PX = ROW_PX

interface Options {
  /** The page's conversation, if the list knows it. */
  shown: ConversationSummary | undefined
  open: ReadonlySet<Section>
  fold: (section: Section, open: boolean) => void
  placed: PlacedGroup[]
  scroller: RefObject<HTMLElement | null>
}

/** When the page's conversation moves for any reason, opens its folder and scrolls the list to it. */
export function useScrollIntoView({ shown, open, fold, placed, scroller }: Options): void {
  const before = useRef<{ id: string | undefined; where: string }>({ id: undefined, where: "" })
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    const now = { id: shown?.id, where: shown ? sectionsOf(shown).join(" ") : "" }
    const moved = before.current.id === now.id && before.current.where !== now.where
    before.current = now
    if (!shown || !moved) return
    wanted.current = shown.id
    const folder = sectionsOf(shown).find((section) => section.startsWith("folder:"))
    if (folder && !open.has(folder)) fold(folder, true)
  }, [shown, open, fold])

  // The folder may have to be loaded first.
  useEffect(() => {
    const list = scroller.current
    if (!list || wanted.current === null) return
    const tops = topsOf(wanted.current, placed)
    const [first] = tops
    if (first === undefined) return
    wanted.current = null
    const scale = pageScale()
    const [scrollTop, clientHeight] = [list.scrollTop / scale, list.clientHeight / scale]
    const isSeen = (top: number) => top >= scrollTop && top + ROW_PX <= scrollTop + clientHeight
    if (tops.some(isSeen)) return
    list.scrollTop = scale * (first < scrollTop ? first - AROUND_PX : first + ROW_PX + AROUND_PX - clientHeight)
  }, [placed, scroller])
}

/** Pixels from the top of the list to each of its rows, the one in its folder first. */
function topsOf(id: string, placed: PlacedGroup[]): number[] {
  const rows = placed.flatMap(({ group, top, head }) => {
    const row = group.conversations.findIndex((conversation) => conversation.id === id)
    return row < 0 ? [] : [{ top: top + head + row * ROW_PX, inFolder: group.folds !== null }]
  })
  return rows.sort((a, b) => Number(b.inFolder) - Number(a.inFolder)).map(({ top }) => top)
}
