import { expect, test } from "vitest"
import { createDateLabeler, groupConversations } from "@/components/sidebar/groups"
import { layOut, ROW_PX, rowsWithin } from "@/components/sidebar/layout"
import type { ConversationSummary } from "@/lib/chat/conversation.types"

const now = Date.parse("2026-11-23T12:00Z")
const HOUR = 60 * 60 * 1_000

/** Ten thousand conversations, one per hour. */
const many = Array.from({ length: 10_000 }, (_, hour): ConversationSummary => {
  const at = new Date(now - hour * HOUR).toISOString()
  return {
    ...{ id: String(hour), title: "", model: null, createdAt: at, updatedAt: at, running: false, unseen: false },
    ...{ pinned: false, archived: false, folderId: null, tags: [] },
  }
})
const groups = groupConversations(
  {
    conversations: many,
    frontier: () => null,
    outline: { folders: [], tags: [], archived: 0 },
    open: new Set(),
    only: null,
  },
  createDateLabeler({ now, timeZone: "UTC", locale: "en" }, (age) => age),
  (group) => group,
)

test("groups are stacked, with the height of their rows and headers", () => {
  const { placed, height } = layOut(groups)
  let end = 0
  for (const { group, top, height: own, head } of placed) {
    expect(top).toBe(end)
    expect(own).toBeGreaterThanOrEqual(head + group.conversations.length * ROW_PX)
    end += own
  }
  expect(height).toBe(end)
})

test("at any scroll position, the rows in view are rendered and few others", () => {
  const { placed, height } = layOut(groups)
  for (let from = 0; from < height - 800; from += 9_973) {
    const span = { from, to: from + 800 }
    const drawn = placed.flatMap((place) => {
      const [first, end] = rowsWithin(place, span)
      return Array.from({ length: end - first }, (_, row) => place.top + place.head + (first + row) * ROW_PX)
    })
    expect(drawn.length).toBeGreaterThan(10)
    expect(drawn.length).toBeLessThan(25)
    for (const top of drawn) expect(top + ROW_PX > span.from && top < span.to).toBe(true)
  }
})

test("nothing is rendered beyond the ends", () => {
  const [place] = layOut(groups).placed
  if (!place) throw new Error("no group")
  expect(rowsWithin(place, { from: -900, to: -100 })).toEqual([0, 0])
  const end = place.group.conversations.length
  expect(rowsWithin(place, { from: 1e9, to: 1e9 + 800 })).toEqual([end, end])
})
