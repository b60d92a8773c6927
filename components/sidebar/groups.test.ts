import { expect, test } from "vitest"
import { type Clock, createDateLabeler, dayCounter, groupConversations } from "@/components/sidebar/groups"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { orderKey, type Section } from "@/lib/chat/list/sections"

const at = (id: string, date: string, more: Partial<ConversationSummary> = {}): ConversationSummary => {
  const iso = new Date(date).toISOString()
  return {
    id,
    title: id,
    model: null,
    createdAt: iso,
    updatedAt: iso,
    running: false,
    unseen: false,
    pinned: false,
    archived: false,
    folderId: null,
    tags: [],
    ...more,
  }
}
const newestFirst = (list: ConversationSummary[]) => [...list].sort((a, b) => (orderKey(a) < orderKey(b) ? 1 : -1))
const noon: Clock = { now: Date.parse("2026-11-23T12:00Z"), timeZone: "UTC", locale: "en" }
const groupsOf = ({ conversations = [], ...state }: Partial<Parameters<typeof groupConversations>[0]>, clock = noon) =>
  groupConversations(
    {
      conversations: newestFirst(conversations),
      frontier: () => null,
      outline: { folders: [], tags: [], archived: 0 },
      open: new Set(),
      only: null,
      ...state,
    },
    createDateLabeler(clock, (group) => group),
    (group) => group,
  )
const named = (groups: ReturnType<typeof groupsOf>) =>
  groups.map(({ label, conversations }) => [label, ...conversations.map(({ id }) => id)])
const shape = (conversations: ConversationSummary[], now: string, timeZone: string, locale = "en") =>
  named(groupsOf({ conversations }, { now: Date.parse(now), timeZone, locale }))

test("conversations are grouped by the day of their last message, newest first", () => {
  const conversations = [
    at("old", "2026-08-01T12:00Z"),
    at("midnight", "2026-11-23T00:00Z"),
    at("yesterday", "2026-11-22T23:59Z"),
    at("now", "2026-11-23T12:00Z"),
    at("week", "2026-11-16T00:00Z"),
    at("month", "2026-10-24T00:00Z"),
    at("older", "2026-10-23T23:59Z"),
  ]
  expect(shape(conversations, "2026-11-23T12:00Z", "UTC")).toEqual([
    ["today", "now", "midnight"],
    ["yesterday", "yesterday"],
    ["week", "week"],
    ["month", "month"],
    ["October 2026", "older"],
    ["August 2026", "old"],
  ])
})

test("the day depends on the user's time zone: one instant is today here and yesterday there", () => {
  const conversations = [at("late", "2026-11-22T23:30Z")]
  expect(shape(conversations, "2026-11-23T08:00Z", "Europe/Berlin")).toEqual([["today", "late"]])
  expect(shape(conversations, "2026-11-23T08:00Z", "UTC")).toEqual([["yesterday", "late"]])
  expect(shape(conversations, "2026-11-23T08:00Z", "America/New_York")).toEqual([["yesterday", "late"]])
})

test("a day of 25 hours is one day", () => {
  // Daylight saving time ended in Berlin in the night to October 25, 2026.
  const conversations = [at("first hour", "2026-10-24T22:30Z"), at("evening before", "2026-10-24T21:30Z")]
  expect(shape(conversations, "2026-10-26T11:00Z", "Europe/Berlin")).toEqual([
    ["yesterday", "first hour"],
    ["week", "evening before"],
  ])
})

test("a date in the future counts as today", () => {
  expect(shape([at("ahead", "2026-11-24T00:05Z")], "2026-11-23T23:59Z", "UTC")).toEqual([["today", "ahead"]])
})

test("months are named in the user's locale", () => {
  expect(shape([at("old", "2026-08-01T12:00Z")], "2026-11-23T12:00Z", "UTC", "fr")).toEqual([["août 2026", "old"]])
})

test("without conversations there are no groups", () => {
  expect(shape([], "2026-11-23T12:00Z", "UTC")).toEqual([])
})

test("day numbers are consecutive", () => {
  const dayOf = dayCounter("Asia/Tokyo")
  expect(dayOf(Date.parse("2026-11-22T15:00Z")) - dayOf(Date.parse("2026-11-22T14:59Z"))).toBe(1)
})

const folder = { id: "f", name: "Work", count: 2, running: 1, unseen: 0 }
const mixed = [
  at("a", "2026-11-23T10:00Z"),
  at("put away", "2026-11-23T11:00Z", { archived: true, folderId: "f" }),
  at("old pin", "2025-01-01T10:00Z", { pinned: true }),
  at("new pin", "2026-11-22T10:00Z", { pinned: true, folderId: "f" }),
  at("in folder", "2026-11-21T10:00Z", { folderId: "f" }),
]

test("pinned ones come first, also within folders, then folders, then days; the archive is separate", () => {
  const outline = { folders: [folder], tags: [], archived: 1 }
  const state = { conversations: mixed, outline, open: new Set<Section>(["folder:f"]) }
  expect(named(groupsOf(state))).toEqual([
    ["pinned", "new pin", "old pin"],
    ["Work", "new pin", "in folder"],
    ["today", "a"],
  ])
  expect(named(groupsOf({ ...state, only: "archived" }))).toEqual([["archived", "put away"]])
})

test("a closed folder shows only its name, its count, and whether it has running or unread chats", () => {
  const [group] = groupsOf({ conversations: mixed.slice(4), outline: { folders: [folder], tags: [], archived: 0 } })
  expect(group).toMatchObject({
    label: "Work",
    conversations: [],
    folds: { open: false, count: 2, running: true, unseen: false },
  })
})

test("a tag filter lists its conversations from all sections, by date", () => {
  const tagged = mixed.map((conversation) => ({ ...conversation, tags: conversation.id === "a" ? [] : ["x"] }))
  expect(named(groupsOf({ conversations: tagged, only: "tag:x" }))).toEqual([
    ["today", "put away"],
    ["yesterday", "new pin"],
    ["week", "in folder"],
    ["January 2025", "old pin"],
  ])
})

test("entries beyond the loaded pages are held back, so that there are no gaps", () => {
  const conversations = [
    at("new", "2026-11-23T10:00Z"),
    at("last read", "2026-11-20T10:00Z"),
    at("told by an event", "2026-08-01T10:00Z"),
  ]
  const end = orderKey(at("last read", "2026-11-20T10:00Z"))
  const groups = groupsOf({ conversations, frontier: (section) => (section === "list" ? end : null) })
  expect(named(groups)).toEqual([
    ["today", "new"],
    ["week", "last read"],
  ])
  // The week's total is known once its next page is loaded.
  expect(groups.map(({ total }) => total)).toEqual([1, -1])
})
