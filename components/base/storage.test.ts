import { describe, expect, it } from "vitest"
import { FallbackStorage, keyOf, readJson } from "@/components/base/storage"

/** A browser storage with room for this many characters. */
function browser(room: number) {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError")
      items.set(key, value)
    },
    removeItem: (key: string) => void items.delete(key),
  }
}

/** The same with enumerable keys, as in browsers. */
function listed(room = 100) {
  const storage = browser(room)
  return {
    ...storage,
    get length() {
      return storage.items.size
    },
    key: (place: number) => [...storage.items.keys()][place] ?? null,
  }
}

const forbidden = () => {
  throw new DOMException("The operation is insecure.", "SecurityError")
}

describe("browser storage", () => {
  it("stores values without a warning", () => {
    const storage = browser(10)
    const door = new FallbackStorage(() => storage)
    expect(door.setItem("a", "one")).toBe(true)
    expect([storage.items.get("a"), door.getItem("a"), door.failed.get()]).toEqual(["one", "one", false])
    door.removeItem("a")
    expect([storage.items.size, door.getItem("a")]).toEqual([0, null])
  })

  it("falls back to page-lifetime memory when storage is blocked, and warns once", () => {
    const door = new FallbackStorage(forbidden)
    let told = 0
    door.failed.subscribe(() => told++)
    expect(door.getItem("a"), "reading gives no warning").toBeNull()
    expect(door.failed.get()).toBe(false)
    expect([door.setItem("a", "one"), door.setItem("b", "two")]).toEqual([false, false])
    expect([door.getItem("a"), door.getItem("b"), told, door.failed.get()]).toEqual(["one", "two", 1, true])
    door.removeItem("a")
    expect(door.getItem("a")).toBeNull()
  })

  it("returns the last written value while storage is full, until there is space", () => {
    const storage = browser(5)
    const door = new FallbackStorage(() => storage)
    door.setItem("a", "short")
    expect(door.setItem("a", "too long")).toBe(false)
    expect([door.getItem("a"), storage.items.get("a")]).toEqual(["too long", "short"])
    expect(door.setItem("a", "again")).toBe(true)
    expect([door.getItem("a"), storage.items.get("a")]).toEqual(["again", "again"])
  })

  it("treats corrupt values as empty", () => {
    const storage = browser(10)
    storage.setItem("a", "{")
    expect([readJson(storage, "a"), readJson(storage, "b")]).toEqual([null, null])
    storage.setItem("a", "[1]")
    expect(readJson(storage, "a")).toEqual([1])
  })

  it("is scoped per user: users of the same browser each see only their own data", () => {
    const storage = listed()
    const doorOf = (owner: string) =>
      new FallbackStorage(
        () => storage,
        () => owner,
      )
    doorOf("ann").setItem("sparkler:draft:new", "Ann's")
    expect(doorOf("bob").getItem("sparkler:draft:new")).toBeNull()
    doorOf("bob").setItem("sparkler:draft:new", "Bob's")
    expect(doorOf("ann").getItem("sparkler:draft:new")).toBe("Ann's")
    doorOf("bob").removeItem("sparkler:draft:new")
    expect(doorOf("ann").getItem("sparkler:draft:new")).toBe("Ann's")
    expect([...storage.items.keys()].map(keyOf)).toEqual(["sparkler:draft:new"])
  })

  it("migrates unscoped data of an earlier version to the first user, all at once", () => {
    const storage = listed()
    for (const name of ["sparkler:draft:new", "sparkler:queue:1", "theme"]) storage.setItem(name, name)
    const doorOf = (owner: string) =>
      new FallbackStorage(
        () => storage,
        () => owner,
      )
    expect(new FallbackStorage(() => storage).getItem("sparkler:queue:1"), "a page without a user").toBe(
      "sparkler:queue:1",
    )
    expect(doorOf("ann").getItem("sparkler:model")).toBeNull()
    expect(doorOf("bob").getItem("sparkler:draft:new")).toBeNull()
    expect(doorOf("bob").getItem("sparkler:queue:1")).toBeNull()
    expect(doorOf("ann").getItem("sparkler:draft:new")).toBe("sparkler:draft:new")
    expect(doorOf("ann").getItem("sparkler:queue:1")).toBe("sparkler:queue:1")
    expect(storage.getItem("theme")).toBe("theme")
  })

  it("data stored before sign-in never overwrites the user's data", () => {
    const storage = listed()
    storage.setItem("sparkler:draft:new@ann", "Ann's newer words")
    storage.setItem("sparkler:draft:new", "older words")
    const door = new FallbackStorage(
      () => storage,
      () => "ann",
    )
    expect(door.getItem("sparkler:draft:new")).toBe("Ann's newer words")
    expect([...storage.items.keys()]).toEqual(["sparkler:draft:new@ann"])
  })

  it("keeps data that can't be stored under its new key", () => {
    const storage = listed(10)
    storage.items.set("sparkler:draft:new", "longer than there is room")
    const door = new FallbackStorage(
      () => storage,
      () => "ann",
    )
    expect(door.getItem("sparkler:draft:new")).toBe("longer than there is room")
    expect(door.failed.get()).toBe(true)
  })
})
