import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { FallbackStorage, pageStorage } from "@/components/base/storage"
import { SettingsStore } from "@/components/chat/settings-store"
import type { ChatSettings } from "@/lib/messages/types"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function make(options: { initial?: ChatSettings; stored?: boolean } = {}) {
  const told: ChatSettings[] = []
  const store = new SettingsStore({ initial: {}, stored: false, tell: (settings) => told.push(settings), ...options })
  return { store, told }
}

test("a change is sent to the server after a pause in typing, not on each keystroke", () => {
  const { store, told } = make({ stored: true })
  for (const systemPrompt of ["B", "Be", "Be brief."]) store.change({ systemPrompt })
  expect(told).toEqual([])
  vi.runAllTimers()
  expect(told).toEqual([{ systemPrompt: "Be brief." }])
  store.flush()
  expect(told).toHaveLength(1)
})

test("settings chosen before the first message survive a reload and are sent with it", () => {
  const storage = pageStorage()
  const before = make()
  before.store.load(storage, false)
  before.store.change({ topK: 3 })

  const { store, told } = make({ initial: { temperature: 1 } })
  store.load(storage, false)
  expect(store.send()).toEqual({ topK: 3 })
  store.accepted()
  vi.runAllTimers()
  expect(told).toEqual([])

  // The next new conversation starts with fresh settings; so does a revisited one.
  const next = make({ initial: { temperature: 1 } })
  next.store.load(storage, false)
  expect(next.store.get()).toEqual({ temperature: 1 })
})

test("settings of a conversation loaded before its first answer do not leak into the next new one", () => {
  const storage = pageStorage()
  const { store } = make()
  store.load(storage, false)
  store.change({ tools: ["calculate"] })
  store.send()
  store.hear({ tools: ["calculate"] })
  store.accepted()
  const next = make()
  next.store.load(storage, false)
  expect(next.store.get()).toEqual({})
})

test("an existing conversation does not inherit settings chosen for a new one", () => {
  const storage = pageStorage()
  const other = make()
  other.store.load(storage, false)
  other.store.change({ topK: 3 })
  const { store } = make()
  store.load(storage, true)
  expect(store.get()).toEqual({})
})

test("settings changed while the first message is being sent are sent afterwards", () => {
  const { store, told } = make()
  store.load(pageStorage(), false)
  store.send()
  store.change({ topK: 4 })
  expect(told).toEqual([])
  store.accepted()
  vi.runAllTimers()
  expect(told).toEqual([{ topK: 4 }])
})

test("a change in another tab is shown, unless there is a newer local change", () => {
  const { store, told } = make({ stored: true })
  store.hear({ topK: 1 })
  expect(store.get()).toEqual({ topK: 1 })
  store.change({ topK: 2 })
  store.hear({ topK: 9 })
  expect(store.get()).toEqual({ topK: 2 })
  vi.runAllTimers()
  store.hear({ topK: 5 })
  expect([store.get(), told]).toEqual([{ topK: 5 }, [{ topK: 2 }]])
})

test("corrupt or blocked storage is treated as empty", () => {
  for (const text of ["{", "[]", "7"]) {
    const storage = pageStorage()
    storage.setItem("sparkler:settings:new", text)
    const { store } = make()
    store.load(storage, false)
    expect(store.get()).toEqual({})
  }
  const forbidden = () => {
    throw new Error("forbidden")
  }
  const { store } = make()
  store.load(new FallbackStorage(forbidden), false)
  store.change({ topK: 1 })
  expect(store.get()).toEqual({ topK: 1 })
})
