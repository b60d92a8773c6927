import { describe, expect, it } from "vitest"
import { keyOf, readJson, StorageDoor } from "@/components/base/storage"

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

describe("what the browser keeps", () => {
  it("is stored, and nothing is said", () => {
    const storage = browser(10)
    const door = new StorageDoor(() => storage)
    expect(door.setItem("a", "one")).toBe(true)
    expect([storage.items.get("a"), door.getItem("a"), door.failed.get()]).toEqual(["one", "one", false])
    door.removeItem("a")
    expect([storage.items.size, door.getItem("a")]).toEqual([0, null])
  })

  it("lives as long as the page where storage is forbidden, which is told once", () => {
    const door = new StorageDoor(forbidden)
    let told = 0
    door.failed.subscribe(() => told++)
    expect(door.getItem("a"), "reading says nothing").toBeNull()
    expect(door.failed.get()).toBe(false)
    expect([door.setItem("a", "one"), door.setItem("b", "two")]).toEqual([false, false])
    expect([door.getItem("a"), door.getItem("b"), told, door.failed.get()]).toEqual(["one", "two", 1, true])
    door.removeItem("a")
    expect(door.getItem("a")).toBeNull()
  })

  it("is what was written last where there is no room, until there is", () => {
    const storage = browser(5)
    const door = new StorageDoor(() => storage)
    door.setItem("a", "short")
    expect(door.setItem("a", "too long")).toBe(false)
    expect([door.getItem("a"), storage.items.get("a")]).toEqual(["too long", "short"])
    expect(door.setItem("a", "again")).toBe(true)
    expect([door.getItem("a"), storage.items.get("a")]).toEqual(["again", "again"])
  })

  it("is nothing when it is damaged", () => {
    const storage = browser(10)
    storage.setItem("a", "{")
    expect([readJson(storage, "a"), readJson(storage, "b")]).toEqual([null, null])
    storage.setItem("a", "[1]")
    expect(readJson(storage, "a")).toEqual([1])
  })

  it("is kept by user: another one in the same browser sees nothing of it, and both find theirs again", () => {
    const storage = listed()
    const doorOf = (owner: string) =>
      new StorageDoor(
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

  it("that an earlier version kept for everybody is the first user's, all of it at once", () => {
    const storage = listed()
    for (const name of ["sparkler:draft:new", "sparkler:queue:1", "theme"]) storage.setItem(name, name)
    const doorOf = (owner: string) =>
      new StorageDoor(
        () => storage,
        () => owner,
      )
    expect(new StorageDoor(() => storage).getItem("sparkler:queue:1"), "a page without a user").toBe("sparkler:queue:1")
    expect(doorOf("ann").getItem("sparkler:model")).toBeNull()
    expect(doorOf("bob").getItem("sparkler:draft:new")).toBeNull()
    expect(doorOf("bob").getItem("sparkler:queue:1")).toBeNull()
    expect(doorOf("ann").getItem("sparkler:draft:new")).toBe("sparkler:draft:new")
    expect(doorOf("ann").getItem("sparkler:queue:1")).toBe("sparkler:queue:1")
    expect(storage.getItem("theme")).toBe("theme")
  })

  it("that a page without a user kept takes the place of nothing that is the user's", () => {
    const storage = listed()
    storage.setItem("sparkler:draft:new@ann", "Ann's newer words")
    storage.setItem("sparkler:draft:new", "older words")
    const door = new StorageDoor(
      () => storage,
      () => "ann",
    )
    expect(door.getItem("sparkler:draft:new")).toBe("Ann's newer words")
    expect([...storage.items.keys()]).toEqual(["sparkler:draft:new@ann"])
  })

  it("is not lost where the browser can't keep it under its new name", () => {
    const storage = listed(10)
    storage.items.set("sparkler:draft:new", "longer than there is room")
    const door = new StorageDoor(
      () => storage,
      () => "ann",
    )
    expect(door.getItem("sparkler:draft:new")).toBe("longer than there is room")
    expect(door.failed.get()).toBe(true)
  })
})
