import { expect, test, vi } from "vitest"
import { ConversationStore } from "@/components/sidebar/conversation-store"
import type { ConversationSummary } from "@/lib/chat/types"

const at = "2026-11-23T08:00:00.000Z"
const conversation = (id: string, more: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id,
  title: `About ${id}`,
  model: null,
  createdAt: at,
  updatedAt: at,
  running: false,
  unseen: false,
  pinned: false,
  archived: false,
  ...more,
})

/** A promise that the test settles (Node 20 has no `Promise.withResolvers`). */
function later<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** A store of `a` and `b`, whose server answers when the test says so. */
function storeOf(...known: ConversationSummary[]) {
  const reads: ReturnType<typeof later<ConversationSummary[] | null>>[] = []
  const store = new ConversationStore(known.length > 0 ? known : [conversation("a"), conversation("b")], () => {
    const read = later<ConversationSummary[] | null>()
    reads.push(read)
    return read.promise
  })
  const titles = () => store.snapshot().map(({ title }) => title)
  return { store, reads, titles }
}

test("a new conversation is added, a known one keeps what was not said", () => {
  const { store } = storeOf(conversation("a", { model: "kimi" }))
  store.upsert({ id: "n", running: true })
  store.upsert({ id: "a", title: "Renamed" })
  expect(store.snapshot()).toEqual([
    expect.objectContaining({ id: "n", title: "New conversation", running: true }),
    conversation("a", { model: "kimi", title: "Renamed" }),
  ])
  store.patch("unknown", { title: "x" })
  expect(store.snapshot()).toHaveLength(2)
})

test("who listens hears of each change, and gets the same list until there is one", () => {
  const { store } = storeOf()
  const heard = vi.fn()
  const stop = store.subscribe(heard)
  expect(store.snapshot()).toBe(store.snapshot())
  store.patch("a", { running: true })
  expect(heard).toHaveBeenCalledTimes(1)
  stop()
  store.patch("a", { running: false })
  expect(heard).toHaveBeenCalledTimes(1)
})

test("a change is shown while it is on its way, and stays when it is accepted", async () => {
  const { store, titles } = storeOf()
  const request = later<void>()
  const renamed = store.attempt("a", { title: "Harbours" }, () => request.promise)
  expect(titles()).toEqual(["Harbours", "About b"])
  request.resolve()
  await renamed
  expect(titles()).toEqual(["Harbours", "About b"])
})

test("a refused change is undone, and what happened meanwhile is kept", async () => {
  const { store, titles } = storeOf()
  const request = later<void>()
  const deleted = store.attempt("a", null, () => request.promise)
  expect(titles()).toEqual(["About b"])
  store.patch("a", { title: "Named by the model" })
  expect(titles()).toEqual(["About b"])
  request.reject(new Error("offline"))
  await expect(deleted).rejects.toThrow("offline")
  expect(titles()).toEqual(["Named by the model", "About b"])
})

test("a list that the server sent before a delete arrived does not bring the conversation back", async () => {
  const { store, reads, titles } = storeOf()
  const request = later<void>()
  const deleted = store.attempt("a", null, () => request.promise)
  const refreshed = store.refresh()
  reads[0]?.resolve([conversation("a"), conversation("b")])
  await refreshed
  expect(titles()).toEqual(["About b"])
  request.resolve()
  await deleted
  expect(titles()).toEqual(["About b"])
})

test("a list that was asked for before something happened here is read again", async () => {
  const { store, reads, titles } = storeOf()
  const refreshed = store.refresh()
  store.upsert({ id: "n", title: "Just begun" })
  reads[0]?.resolve([conversation("a"), conversation("b")])
  await vi.waitFor(() => expect(reads).toHaveLength(2))
  expect(titles()).toContain("Just begun")
  reads[1]?.resolve([conversation("n", { title: "From the server" }), conversation("a")])
  await refreshed
  expect(titles()).toEqual(["From the server", "About a"])
})

test("of two readings the later one counts, whichever arrives first", async () => {
  const { store, reads, titles } = storeOf()
  const both = [store.refresh(), store.refresh()]
  reads[1]?.resolve([conversation("new")])
  reads[0]?.resolve([conversation("old")])
  await Promise.all(both)
  expect(titles()).toEqual(["About new"])
})

test("a reading that fails leaves the list as it is", async () => {
  const { store, reads, titles } = storeOf()
  const refreshed = store.refresh()
  reads[0]?.resolve(null)
  await refreshed
  expect(titles()).toEqual(["About a", "About b"])
})
