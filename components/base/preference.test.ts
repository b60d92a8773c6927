import { expect, test, vi } from "vitest"
import { asJson, asStringList, asText, Preference } from "@/components/base/preference"
import { FallbackStorage } from "@/components/base/storage"

/** A browser's storage, shared by all its tabs. */
function browser(first: Record<string, string> = {}) {
  const values = new Map(Object.entries(first))
  let room = true
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (!room) throw new DOMException("full", "QuotaExceededError")
      values.set(key, value)
    },
    removeItem: (key: string) => void values.delete(key),
  }
  const fill = () => {
    room = false
  }
  return { values, fill, tab: () => new FallbackStorage(() => storage) }
}

const favorites = (storage: FallbackStorage) =>
  new Preference<string[]>({ key: "favorites", initial: [], form: asStringList(3), storage })

/** Events from other tabs. */
const window = new EventTarget()
vi.stubGlobal("window", window)
const told = (key: string | null) => window.dispatchEvent(Object.assign(new Event("storage"), { key }))

test("a preference is persisted and restored on the next page", () => {
  const { tab, values } = browser()
  favorites(tab()).set(["a", "b"])
  expect(values.get("favorites")).toBe('["a","b"]')
  expect(favorites(tab()).get()).toEqual(["a", "b"])
})

test("returns the same reference until the value changes, to avoid extra renders", () => {
  const list = favorites(browser({ favorites: '["a"]' }).tab())
  expect(list.get()).toBe(list.get())
  const before = list.get()
  list.set(["a", "b"])
  expect(list.get()).not.toBe(before)
})

test("a change in another tab notifies only subscribers of that preference", () => {
  const { tab } = browser()
  const [here, there] = [favorites(tab()), favorites(tab())]
  const heard = vi.fn()
  const leave = here.subscribe(heard)
  there.set(["x"])
  told("something else")
  expect(heard).not.toHaveBeenCalled()
  told("favorites@ann")
  expect(heard).toHaveBeenCalledTimes(1)
  expect(here.get()).toEqual(["x"])
  // The whole storage was cleared.
  told(null)
  expect(heard).toHaveBeenCalledTimes(2)
  leave()
  told("favorites")
  here.set(["y"])
  expect(heard).toHaveBeenCalledTimes(2)
})

test("without storage, a preference lasts as long as the page", () => {
  const denied = new FallbackStorage(() => {
    throw new DOMException("denied", "SecurityError")
  })
  const list = favorites(denied)
  expect(list.get()).toEqual([])
  list.set(["a"])
  expect(list.get()).toEqual(["a"])
  const { tab, fill } = browser({ favorites: '["a"]' })
  const full = favorites(tab())
  fill()
  full.set(["b"])
  expect(full.get()).toEqual(["b"])
  expect(favorites(tab()).get()).toEqual(["a"])
})

test.each([
  ["{", []],
  ["null", []],
  ['{"0":"a"}', []],
  ['["a",7,null,"b"]', ["a", "b"]],
  ['["a","b","c","d"]', ["a", "b", "c"]],
])("malformed stored values fall back to what is valid, or to the default: %s", (stored, value) => {
  expect(favorites(browser({ favorites: stored }).tab()).get()).toEqual(value)
})

test("a list keeps only its first entries up to the limit", () => {
  const { tab, values } = browser()
  favorites(tab()).set(["a", "b", "c", "d"])
  expect(values.get("favorites")).toBe('["a","b","c"]')
})

test("values stored by earlier versions are read: unquoted strings, and true", () => {
  const { tab } = browser({ model: "accounts/fireworks/models/x", wrap: "true", broken: "yes" })
  expect(new Preference({ key: "model", initial: "", form: asText, storage: tab() }).get()).toMatch(/models\/x$/)
  const form = asJson((value) => (typeof value === "boolean" ? value : null))
  expect(new Preference({ key: "wrap", initial: false, form, storage: tab() }).get()).toBe(true)
  expect(new Preference({ key: "broken", initial: false, form, storage: tab() }).get()).toBe(false)
})

test("on the server, the default is returned", () => {
  expect(favorites(browser({ favorites: '["a"]' }).tab()).first()).toEqual([])
})
