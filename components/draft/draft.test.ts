import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { attachedFile, attachedImage } from "@/components/draft/attachment"
import { DraftStore } from "@/components/draft/draft"
import type { ImageInfo } from "@/lib/images/types"

const image: ImageInfo = {
  id: "i1",
  url: "/api/images/i1",
  mediaType: "image/png",
  width: 4,
  height: 3,
  bytes: 99,
  name: "a.png",
}

function memory() {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => Boolean(items.set(key, value)),
    removeItem: (key: string) => void items.delete(key),
  }
}

const attached = (state: "ready" | "failed") => ({
  ...attachedImage(image),
  key: "k",
  state,
  preview: "blob:x",
  image: state === "ready" ? image : null,
  error: state === "failed" ? "Not an image." : null,
})

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function open(storage = memory()) {
  const store = new DraftStore("c1")
  store.load(storage)
  return { store, storage }
}

const notes = { name: "notes.txt", mediaType: "text/plain", text: "one\ntwo" }

describe("text files in a draft", () => {
  const withNotes = (storage = memory()) => {
    const { store } = open(storage)
    store.update(() => ({ text: "sum up", attachments: [attachedFile(notes)] }))
    store.flush()
    return { store, storage }
  }

  it("survive a reload, are sent, are restored when the server rejects the message, and are cleaned up", () => {
    const { storage } = withNotes()
    const { store } = open(storage)
    expect(store.get().attachments).toMatchObject([{ name: "notes.txt", state: "ready", file: notes }])
    expect(store.take()).toEqual({ text: "sum up", images: [], documents: [], files: [notes] })
    expect(store.get().attachments).toEqual([])
    store.giveBack()
    expect(store.get().attachments).toMatchObject([{ file: notes }])
    store.take()
    store.accepted()
    expect(storage.items.size).toBe(0)
  })

  it("move with a new conversation", () => {
    const { store, storage } = withNotes()
    store.moveTo("c9")
    expect([...storage.items.keys()].every((key) => key.endsWith(":c9"))).toBe(true)
    const moved = new DraftStore("c9")
    moved.load(storage)
    expect(moved.get().attachments).toMatchObject([{ file: notes }])
  })

  it("are not rewritten on each keystroke", () => {
    const { store, storage } = withNotes()
    const set = vi.spyOn(storage, "setItem")
    store.update(() => ({ text: "sum up, please" }))
    store.flush()
    expect(set.mock.calls.map(([key]) => key)).toEqual(["sparkler:draft:c1"])
  })

  it("that exceed storage stay on the page with a warning; the text is kept", () => {
    const storage = memory()
    const small: ReturnType<typeof memory> = {
      ...storage,
      setItem: (key, value) => {
        return value.length <= 500 && storage.setItem(key, value)
      },
    }
    const { store } = withNotes(small)
    store.update(({ attachments }) => ({
      attachments: [...attachments, attachedFile({ ...notes, text: "x".repeat(1_000) })],
    }))
    store.flush()
    expect(store.get().unkept).toBe(true)
    expect(store.get().attachments).toHaveLength(2)
    expect(open(storage).store.get()).toMatchObject({ text: "sum up", attachments: [] })
    store.update(({ attachments: [first] }) => ({ attachments: first ? [first] : [] }))
    store.flush()
    expect(store.get().unkept).toBe(false)
    expect(open(storage).store.get().attachments).toHaveLength(1)
  })
})

describe("draft", () => {
  it("survives a reload: text, uploaded images and the schema", () => {
    const { store, storage } = open()
    store.update(() => ({ text: "half a thou", attachments: [attached("ready")], output: { type: "json" } }))
    vi.runAllTimers()
    const { store: reloaded } = open(storage)
    expect(reloaded.get()).toMatchObject({ text: "half a thou", output: { type: "json" } })
    expect(reloaded.get().attachments).toMatchObject([{ image, state: "ready", preview: null }])
  })

  it("does not keep a failed upload", () => {
    const { store, storage } = open()
    store.update(() => ({ text: "x", attachments: [attached("failed")] }))
    store.flush()
    expect(open(storage).store.get().attachments).toEqual([])
  })

  it("is separate per conversation", () => {
    const { store, storage } = open()
    store.update(() => ({ text: "mine" }))
    store.flush()
    const other = new DraftStore("c2")
    other.load(storage)
    expect(other.get().text).toBe("")
  })

  it("leaves the composer on send, and storage only when the server has it", () => {
    const { store, storage } = open()
    store.update(() => ({ text: "hello", attachments: [attached("ready")] }))
    expect(store.take()).toEqual({ text: "hello", images: [image], documents: [], files: [] })
    expect(store.get()).toMatchObject({ text: "", attachments: [] })
    expect(open(storage).store.get().text).toBe("hello")
    store.accepted()
    expect(open(storage).store.get().text).toBe("")
    expect(storage.items.size).toBe(0)
  })

  it("is restored before newly typed text when the server rejects it", () => {
    const { store } = open()
    store.update(() => ({ text: "first", attachments: [attached("ready")] }))
    store.take()
    store.update(() => ({ text: "second" }))
    store.giveBack()
    expect(store.get().text).toBe("first\n\nsecond")
    expect(store.get().attachments).toMatchObject([{ image }])
  })

  it("is restored only once", () => {
    const { store } = open()
    store.update(() => ({ text: "first" }))
    store.take()
    store.giveBack()
    store.giveBack()
    expect(store.get().text).toBe("first")
  })

  it("works when storage is full or corrupt", () => {
    const full = { ...memory(), setItem: () => false }
    const { store } = open(full)
    store.update(() => ({ text: "long" }))
    store.flush()
    expect(store.get().text).toBe("long")
    const nonsense = memory()
    nonsense.setItem("sparkler:draft:c1", '{"text": 5}')
    expect(open(nonsense).store.get().text).toBe("")
  })

  it("follows a new conversation to its id, without leftovers", () => {
    const { store, storage } = open()
    store.update(() => ({ text: "first", output: { type: "json" } }))
    store.take()
    store.accepted()
    store.moveTo("c9")
    expect([...storage.items.keys()]).toEqual(["sparkler:draft:c9"])
    store.update(() => ({ text: "second" }))
    store.flush()
    const moved = new DraftStore("c9")
    moved.load(storage)
    expect(moved.get()).toMatchObject({ text: "second", output: { type: "json" } })
    expect(open(storage).store.get().text).toBe("")
  })

  it("moves to another conversation completely, without leftovers", () => {
    const { store, storage } = open()
    store.update(() => ({
      text: "secret",
      attachments: [attached("ready"), attached("failed")],
      output: { type: "json" },
    }))
    store.flush()
    const other = new DraftStore("c2")
    const elsewhere = memory()
    other.load(elsewhere)
    other.update(() => ({ text: "was there" }))
    store.handOver(other)
    expect(other.get()).toMatchObject({ text: "secret\n\nwas there", output: { type: "json" } })
    expect(other.get().attachments).toMatchObject([{ state: "ready" }, { state: "failed" }])
    expect(store.get()).toMatchObject({ text: "", attachments: [], output: null })
    expect(storage.items.size).toBe(0)
    expect(elsewhere.getItem("sparkler:draft:c2")).toContain("secret")
    // An upload in progress completes in its new draft.
    store.update(({ attachments }) => ({ attachments: attachments.slice(0, 1) }))
    expect(other.get().attachments).toHaveLength(1)
  })

  it("continues on another page of the same conversation, including the message being sent", () => {
    const { store, storage } = open()
    store.update(() => ({ text: "half", attachments: [{ ...attached("failed"), state: "uploading" }] }))
    store.flush()
    const next = new DraftStore("c1")
    next.load(storage)
    next.takeOver(store)
    expect(next.get()).toMatchObject({ text: "half", attachments: [{ state: "uploading" }] })
    store.update(({ attachments }) => ({ attachments: attachments.map((one) => ({ ...one, state: "ready", image })) }))
    expect(next.get().attachments).toMatchObject([{ state: "ready" }])
    store.flush()
    expect(storage.getItem("sparkler:draft:c1")).toContain("half")
  })

  it("continues on another page of the same conversation, including a pending upload", () => {
    const { store, storage } = open()
    store.update(() => ({ text: "kept" }))
    store.flush()
    const early = new DraftStore("c1")
    early.update(() => ({ text: "typed early" }))
    early.load(storage)
    expect(early.get().text).toBe("kept\n\ntyped early")
  })

  it("notifies its subscribers of each change", () => {
    const { store } = open()
    const heard = vi.fn()
    const leave = store.subscribe(heard)
    store.update(() => ({ text: "a" }))
    leave()
    store.update(() => ({ text: "b" }))
    expect(heard).toHaveBeenCalledTimes(1)
  })
})
