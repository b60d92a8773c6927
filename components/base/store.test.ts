import { expect, test, vi } from "vitest"
import { Store } from "@/components/base/store"
import { sourcesOf } from "@/lib/i18n/source-scan.fixture"

test("subscribers are notified of changed values only, and not after unsubscribing", () => {
  const store = new Store(1)
  const heard = vi.fn()
  const leave = store.subscribe(heard)
  store.set(1)
  expect(heard).not.toHaveBeenCalled()
  store.set(2)
  expect(store.get()).toBe(2)
  expect(heard).toHaveBeenCalledTimes(1)
  leave()
  store.set(3)
  expect(heard).toHaveBeenCalledTimes(1)
})

test("unsubscribing during a notification does not skip other subscribers", () => {
  const store = new Store("a")
  const heard: string[] = []
  const leave = store.subscribe(() => leave())
  store.subscribe(() => heard.push(store.get()))
  store.set("b")
  expect(heard).toEqual(["b"])
})

test("components hold shared state only through this store", () => {
  const others = sourcesOf(["components"]).filter(
    ({ file, text }) => file !== "components/base/store.ts" && /useSyncExternalStore|new Set<\(\) => void>/.test(text),
  )
  expect(others.map(({ file }) => file)).toEqual([])
})
