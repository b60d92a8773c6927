import { expect, test } from "vitest"
import { groupByDate } from "@/components/sidebar/groups"

const now = new Date(2026, 10, 23, 12)
const at = (id: string, date: Date) => ({
  id,
  title: id,
  model: null,
  createdAt: date.toISOString(),
  updatedAt: date.toISOString(),
  running: false,
})

test("conversations stand under the day of their last message, newest first", () => {
  const groups = groupByDate(
    [
      at("old", new Date(2026, 7, 1)),
      at("midnight", new Date(2026, 10, 23, 0, 0)),
      at("yesterday", new Date(2026, 10, 22, 23, 59)),
      at("now", now),
      at("week", new Date(2026, 10, 17)),
      at("month", new Date(2026, 10, 1)),
    ],
    now,
  )
  expect(groups.map(({ label, conversations }) => [label, ...conversations.map(({ id }) => id)])).toEqual([
    ["Today", "now", "midnight"],
    ["Yesterday", "yesterday"],
    ["Previous 7 days", "week"],
    ["Previous 30 days", "month"],
    ["August 2026", "old"],
  ])
})

test("no conversations, no groups", () => {
  expect(groupByDate([], now)).toEqual([])
})
