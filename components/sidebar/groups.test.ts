import { expect, test } from "vitest"
import { dayCounter, groupByDate } from "@/components/sidebar/groups"

const at = (id: string, date: string, place: "pinned" | "archived" | null = null) => {
  const iso = new Date(date).toISOString()
  return {
    id,
    title: id,
    model: null,
    createdAt: iso,
    updatedAt: iso,
    running: false,
    unseen: false,
    pinned: place === "pinned",
    archived: place === "archived",
  }
}
const shape = (conversations: ReturnType<typeof at>[], now: string, timeZone: string, locale = "en") =>
  groupByDate(conversations, { now: Date.parse(now), timeZone, locale }, (age) => age).map(
    ({ label, conversations: members }) => [label, ...members.map(({ id }) => id)],
  )

test("conversations stand under the day of their last message, newest first", () => {
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

test("the day is the reader's: one instant is today here and yesterday there", () => {
  const conversations = [at("late", "2026-11-22T23:30Z")]
  expect(shape(conversations, "2026-11-23T08:00Z", "Europe/Berlin")).toEqual([["today", "late"]])
  expect(shape(conversations, "2026-11-23T08:00Z", "UTC")).toEqual([["yesterday", "late"]])
  expect(shape(conversations, "2026-11-23T08:00Z", "America/New_York")).toEqual([["yesterday", "late"]])
})

test("a day of 25 hours is one day", () => {
  // Berlin's clocks went back in the night to 25 October 2026.
  const conversations = [at("first hour", "2026-10-24T22:30Z"), at("evening before", "2026-10-24T21:30Z")]
  expect(shape(conversations, "2026-10-26T11:00Z", "Europe/Berlin")).toEqual([
    ["yesterday", "first hour"],
    ["week", "evening before"],
  ])
})

test("what a faster clock wrote is from today", () => {
  expect(shape([at("ahead", "2026-11-24T00:05Z")], "2026-11-23T23:59Z", "UTC")).toEqual([["today", "ahead"]])
})

test("months are named as the reader's locale has them", () => {
  expect(shape([at("old", "2026-08-01T12:00Z")], "2026-11-23T12:00Z", "UTC", "fr")).toEqual([["août 2026", "old"]])
})

test("no conversations, no groups", () => {
  expect(shape([], "2026-11-23T12:00Z", "UTC")).toEqual([])
})

test("days are counted on from one another", () => {
  const dayOf = dayCounter("Asia/Tokyo")
  expect(dayOf(Date.parse("2026-11-22T15:00Z")) - dayOf(Date.parse("2026-11-22T14:59Z"))).toBe(1)
})

test("pinned ones stand first, archived ones last, whenever they were used", () => {
  const conversations = [
    at("a", "2026-11-23T10:00Z"),
    at("put away", "2026-11-23T11:00Z", "archived"),
    at("old pin", "2025-01-01T10:00Z", "pinned"),
    at("new pin", "2026-11-22T10:00Z", "pinned"),
  ]
  expect(shape(conversations, "2026-11-23T12:00Z", "UTC")).toEqual([
    ["pinned", "new pin", "old pin"],
    ["today", "a"],
    ["archived", "put away"],
  ])
})
