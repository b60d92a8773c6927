import { expect, test } from "vitest"
import { affectsOutline, OutlineStore } from "@/components/conversations/outline-store"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import type { ListOutline } from "@/lib/chat/list/sections"

const at = "2026-11-23T08:00:00.000Z"
const conversation = (more: Partial<ConversationSummary> = {}): ConversationSummary => ({
  ...{ id: "a", title: "A", model: null, createdAt: at, updatedAt: at, running: false, unseen: false },
  ...{ pinned: false, archived: false, folderId: null, tags: [] },
  ...more,
})
const outline = (archived: number): ListOutline => ({ folders: [], tags: [], archived })

test("folder and tag counts are refetched only when a conversation changes them", () => {
  const before = conversation()
  expect(affectsOutline(before, conversation({ title: "B", running: true, unseen: true, pinned: true }))).toBe(false)
  expect(affectsOutline(undefined, conversation())).toBe(false)
  expect(affectsOutline(before, conversation({ tags: ["x"] }))).toBe(true)
  expect(affectsOutline(before, conversation({ archived: true }))).toBe(true)
  expect(affectsOutline(before, conversation({ folderId: "f" }))).toBe(true)
  const inside = conversation({ folderId: "f" })
  expect(affectsOutline(inside, { ...inside, unseen: true })).toBe(true)
  expect(affectsOutline(inside, { ...inside, title: "B" })).toBe(false)
  expect(affectsOutline(inside, { ...inside, pinned: true })).toBe(false)
  expect(affectsOutline({ ...inside, pinned: true }, { ...inside, pinned: true, unseen: true })).toBe(true)
  expect(affectsOutline(inside, null)).toBe(true)
  expect(affectsOutline(undefined, null)).toBe(true)
})

test("requests during a fetch cause one more fetch, and the last result is shown", async () => {
  const reads: ((outline: ListOutline | null) => void)[] = []
  const store = new OutlineStore(outline(0), () => new Promise((resolve) => reads.push(resolve)))
  const all = Promise.all([store.refresh(), store.refresh(), store.refresh()])
  reads[0]?.(outline(1))
  await expect.poll(() => reads.length).toBe(2)
  expect(store.get().archived).toBe(0)
  reads[1]?.(outline(2))
  await all
  expect(store.get().archived).toBe(2)
  expect(reads).toHaveLength(2)
})

test("a failed fetch keeps the displayed outline", async () => {
  const store = new OutlineStore(outline(3), async () => null)
  await store.refresh()
  expect(store.get().archived).toBe(3)
})
