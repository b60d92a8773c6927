import { expect, test, vi } from "vitest"
import { ConversationStore } from "@/components/conversations/conversation-store"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { type ListPage, orderKey, type Section } from "@/lib/chat/list/sections"

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
  folderId: null,
  tags: [],
  ...more,
})

/** A promise the test settles (Node 20 has no `Promise.withResolvers`). */
function later<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** A store with `a` and `b` whose server responds on demand. */
function storeOf(...known: ConversationSummary[]) {
  const reads: ReturnType<typeof reading>[] = []
  const reading = (section: Section, cursor: string | null) => {
    const { promise, resolve } = later<ListPage | null>()
    const answer = (conversations: ConversationSummary[] | null, next: string | null = null) =>
      resolve(conversations && { conversations, cursor: next })
    return { section, cursor, promise, resolve: answer }
  }
  const conversations = known.length > 0 ? known : [conversation("b"), conversation("a")]
  const pages = [{ section: "list" as const, page: { conversations, cursor: null } }]
  const store = new ConversationStore(pages, (section, cursor) => {
    const read = reading(section, cursor)
    reads.push(read)
    return read.promise
  })
  const titles = () => store.get().map(({ title }) => title)
  return { store, reads, titles }
}

test("the open page's conversation is added only when the list is not fully loaded", () => {
  const { store, titles } = storeOf(conversation("a", { title: "Renamed here" }))
  store.meet(conversation("a"))
  // The list is fully loaded, so a conversation that is not in it is not listed.
  store.meet(conversation("temporary"))
  expect(titles()).toEqual(["Renamed here"])
  store.meet(conversation("f", { folderId: "closed" }))
  expect(store.find("f")).toMatchObject({ folderId: "closed" })
  store.patch("f", { title: "Newer" })
  store.meet(conversation("f", { folderId: "closed" }))
  expect(store.find("f")?.title).toBe("Newer")
})

test("a new conversation is added, and an update keeps fields it omits", () => {
  const { store } = storeOf(conversation("a", { model: "kimi" }))
  store.upsert({ id: "n", running: true })
  store.upsert({ id: "a", title: "Renamed" })
  expect(store.get()).toEqual([
    expect.objectContaining({ id: "n", title: "New conversation", running: true }),
    conversation("a", { model: "kimi", title: "Renamed" }),
  ])
  store.patch("unknown", { title: "x" })
  expect(store.get()).toHaveLength(2)
})

test("subscribers are notified of each change, and get the same list reference in between", () => {
  const { store } = storeOf()
  const heard = vi.fn()
  const stop = store.subscribe(heard)
  expect(store.get()).toBe(store.get())
  store.patch("a", { running: true })
  expect(heard).toHaveBeenCalledTimes(1)
  stop()
  store.patch("a", { running: false })
  expect(heard).toHaveBeenCalledTimes(1)
})

test("an optimistic change is shown while pending, and kept when accepted", async () => {
  const { store, titles } = storeOf()
  const request = later<void>()
  const renamed = store.attempt(["a"], { title: "Harbours" }, () => request.promise)
  expect(titles()).toEqual(["About b", "Harbours"])
  request.resolve()
  await renamed
  expect(titles()).toEqual(["About b", "Harbours"])
})

test("a rejected change is rolled back without losing concurrent changes", async () => {
  const { store, titles } = storeOf()
  const request = later<void>()
  const deleted = store.attempt(["a"], null, () => request.promise)
  expect(titles()).toEqual(["About b"])
  store.patch("a", { title: "Named by the model" })
  expect(titles()).toEqual(["About b"])
  request.reject(new Error("offline"))
  await expect(deleted).rejects.toThrow("offline")
  expect(titles()).toEqual(["About b", "Named by the model"])
})

test("a list response sent before a delete does not restore the conversation", async () => {
  const { store, reads, titles } = storeOf()
  const request = later<void>()
  const deleted = store.attempt(["a"], null, () => request.promise)
  const refreshed = store.refresh()
  reads[0]?.resolve([conversation("a"), conversation("b")])
  await refreshed
  expect(titles()).toEqual(["About b"])
  request.resolve()
  await deleted
  expect(titles()).toEqual(["About b"])
})

test("a list requested before a local change is fetched again", async () => {
  const { store, reads, titles } = storeOf()
  const refreshed = store.refresh()
  store.upsert({ id: "n", title: "Just begun" })
  reads[0]?.resolve([conversation("a"), conversation("b")])
  await vi.waitFor(() => expect(reads).toHaveLength(2), { timeout: 60_000 })
  expect(titles()).toContain("Just begun")
  reads[1]?.resolve([conversation("n", { title: "From the server" }), conversation("a")])
  await refreshed
  expect(titles()).toEqual(["From the server", "About a"])
})

test("of two concurrent fetches, the later request wins regardless of response order", async () => {
  const { store, reads, titles } = storeOf()
  const both = [store.refresh(), store.refresh()]
  reads[1]?.resolve([conversation("new")])
  reads[0]?.resolve([conversation("old")])
  await Promise.all(both)
  expect(titles()).toEqual(["About new"])
})

test("a failed fetch leaves the list unchanged", async () => {
  const { store, reads, titles } = storeOf()
  const refreshed = store.refresh()
  reads[0]?.resolve(null)
  await refreshed
  expect(titles()).toEqual(["About b", "About a"])
})

const dated = (id: string, minute: number, more: Partial<ConversationSummary> = {}) =>
  conversation(id, { updatedAt: new Date(Date.parse(at) + minute * 60_000).toISOString(), ...more })

/** A store that has loaded the newest two of a longer list. */
function storeOfTwo() {
  const asked: [Section, string | null][] = []
  const answer = later<ListPage | null>()
  const conversations = [dated("d", 4), dated("c", 3)]
  const pages = [{ section: "list" as const, page: { conversations, cursor: orderKey(dated("c", 3)) } }]
  const store = new ConversationStore(pages, (section, cursor) => {
    asked.push([section, cursor])
    return answer.promise
  })
  return { store, asked, answer }
}

test("the next page is requested once, after the last one, and not beyond the end", async () => {
  const { store, asked, answer } = storeOfTwo()
  const more = store.more("list")
  void store.more("list")
  expect(asked).toEqual([["list", orderKey(dated("c", 3))]])
  answer.resolve({ conversations: [dated("b", 2)], cursor: null })
  await more
  expect(store.get().map(({ id }) => id)).toEqual(["d", "c", "b"])
  expect(store.frontier("list")).toBeNull()
  await store.more("list")
  expect(asked).toHaveLength(1)
})

test("a page is authoritative within its range: missing entries are removed, entries beyond it or in other sections stay", async () => {
  const pages = {
    list: { conversations: [dated("d", 4), dated("c", 3), dated("a", 1)], cursor: null },
    pinned: { conversations: [dated("p", 5, { pinned: true })], cursor: null },
  }
  const answers = [
    { conversations: [dated("d", 4)], cursor: orderKey(dated("b", 2)) },
    { conversations: [dated("a", 1)], cursor: null },
    { conversations: [dated("p", 5, { pinned: true })], cursor: null },
  ]
  const store = new ConversationStore(
    [
      { section: "list", page: pages.list },
      { section: "pinned", page: pages.pinned },
    ],
    async () => {
      const answer = answers.shift() ?? null
      if (answers.length === 1) expect(store.get().map(({ id }) => id)).toEqual(["p", "d", "a"])
      return answer
    },
  )
  await store.refresh()
  expect(store.get().map(({ id }) => id)).toEqual(["p", "d", "a"])
})

test("a bulk change is applied at once and rolled back at once when rejected", async () => {
  const { store, titles } = storeOf(conversation("a"), conversation("b"), conversation("c"))
  const heard = vi.fn()
  store.subscribe(heard)
  const request = later<void>()
  const gone = store.attempt(["a", "c"], null, () => request.promise)
  expect(titles()).toEqual(["About b"])
  expect(heard).toHaveBeenCalledTimes(1)
  request.reject(new Error("refused"))
  await expect(gone).rejects.toThrow("refused")
  expect(titles()).toEqual(["About c", "About b", "About a"])
})

test("a bulk server event causes a single list change", () => {
  const { store } = storeOf(dated("a", 1), dated("b", 2))
  const heard = vi.fn()
  store.subscribe(heard)
  store.hear([
    { id: "a", conversation: dated("a", 9) },
    { id: "b", conversation: null },
    { id: "n", conversation: dated("n", 3) },
  ])
  expect(store.get().map(({ id }) => id)).toEqual(["a", "n"])
  expect(heard).toHaveBeenCalledTimes(1)
})

test("a failed page is retried with growing delays, a rejected one is not", async () => {
  const waits: number[] = []
  const wait = async (attempt: number) => void waits.push(attempt)
  const answers: (ListPage | null | Error)[] = [
    new Error("cut"),
    new Error("cut"),
    { conversations: [dated("b", 2)], cursor: "more" },
    null,
  ]
  let asked = 0
  const read = async () => {
    const answer = answers[asked++] ?? null
    if (answer instanceof Error) throw answer
    return answer
  }
  const store = new ConversationStore([{ section: "list", page: { conversations: [], cursor: "z" } }], read, wait)
  await store.more("list")
  expect([asked, waits, store.get().map(({ id }) => id)]).toEqual([3, [0, 1], ["b"]])
  for (let times = 0; times < 5; times++) await store.more("list")
  expect(asked, "no retry after a rejection").toBe(4)
})

test("a list that changes during a fetch is fetched again, with backoff", async () => {
  const waits: number[] = []
  const read = async (): Promise<ListPage> => {
    if (waits.length < 2) store.patch("a", { title: "another" })
    return { conversations: [dated("a", 1)], cursor: null }
  }
  const store: ConversationStore = new ConversationStore([], read, async (attempt) => void waits.push(attempt))
  await store.latest()
  expect(waits).toEqual([0, 1])
})
