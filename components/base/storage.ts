/** The one door to what the browser keeps of this site. It never throws: what can't be kept lives as long as the page. */
import { Store } from "@/components/base/store"

export interface PageStorage {
  getItem(key: string): string | null
  /** False when the value lives only as long as the page. */
  setItem(key: string, value: string): boolean
  removeItem(key: string): void
}

/** A storage that lives as long as the page, as is meant: what a temporary conversation keeps. */
export function pageStorage(): PageStorage {
  const values = new Map<string, string>()
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      values.set(key, value)
      return true
    },
    removeItem: (key) => void values.delete(key),
  }
}

type BrowserStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> & Partial<Pick<Storage, "key" | "length">>

/** Of ours, and of no user: what versions kept that knew one user a browser. */
const UNOWNED = /^sparkler:[^@]*$/

/** The key under which a value was kept, without whose it is: for who hears of another tab's changes. */
export const keyOf = (stored: string): string => stored.replace(/@[^@]*$/, "")

/**
 * A browser's storage, and in its place the memory of the page wherever it is forbidden (a blocked cookie forbids it
 * too, and already the mention of it throws) or full.
 * What is kept is kept by user, so that another one in the same browser does not see it; what an earlier version kept for
 * everybody becomes the first user's who comes by.
 */
export class StorageDoor implements PageStorage {
  /** What could not be stored; it is newer than what is. */
  private readonly unkept = new Map<string, string>()
  /** Something could not be stored on this page. */
  readonly failed = new Store(false)
  private tookOver = false

  /** `owner` names the user of the page; "" where there is none. */
  constructor(
    private readonly open: () => BrowserStorage,
    private readonly owner: () => string = () => "",
    /** The `cookie` header of the page. */
    private readonly cookies: () => string = () => "",
  ) {}

  getItem(key: string): string | null {
    const stored = this.attempt((storage) => storage.getItem(this.nameOf(key)))
    return this.unkept.get(key) ?? stored ?? null
  }

  setItem(key: string, value: string): boolean {
    const kept = this.attempt((storage) => {
      storage.setItem(this.nameOf(key), value)
      return true
    })
    if (kept) {
      this.unkept.delete(key)
      return true
    }
    this.unkept.set(key, value)
    this.failed.set(true)
    return false
  }

  removeItem(key: string): void {
    this.unkept.delete(key)
    this.attempt((storage) => storage.removeItem(this.nameOf(key)))
  }

  private nameOf(key: string): string {
    const owner = this.owner()
    return owner ? `${key}@${owner}` : key
  }

  /** Once a page; what is there under the owner's name is newer. Where there is no room for both, the old name goes first. */
  private takeOver(storage: BrowserStorage): void {
    if (this.tookOver || !this.owner()) return
    this.tookOver = true
    const names = Array.from({ length: storage.length ?? 0 }, (_, place) => storage.key?.(place) ?? "")
    this.takeFromGuest(storage, names)
    for (const name of names.filter((name) => UNOWNED.test(name))) {
      const value = storage.getItem(name)
      storage.removeItem(name)
      if (value !== null && storage.getItem(this.nameOf(name)) === null) this.setItem(name, value)
    }
  }

  /**
   * A guest who has signed in takes along what the browser kept (the server names both in a cookie). What was typed last is
   * the guest's; of everything else the account's own stays.
   */
  private takeFromGuest(storage: BrowserStorage, names: string[]): void {
    const [, from, to] = /(?:^|;\s*)sparkler-moved=([0-9a-f]+)\.([0-9a-f]+)/.exec(this.cookies()) ?? []
    if (!from || to !== this.owner()) return
    for (const name of names.filter((name) => name.endsWith(`@${from}`))) {
      const value = storage.getItem(name)
      const own = `${keyOf(name)}@${to}`
      storage.removeItem(name)
      if (value !== null && (storage.getItem(own) === null || name.startsWith("sparkler:draft")))
        storage.setItem(own, value)
    }
  }

  private attempt<T>(work: (storage: BrowserStorage) => T): T | undefined {
    try {
      const storage = this.open()
      this.takeOver(storage)
      return work(storage)
    } catch {
      return undefined
    }
  }
}

/** What this browser keeps of the site. */
export const browserStorage = new StorageDoor(
  () => window.localStorage,
  () => (typeof document === "undefined" ? "" : (document.documentElement.dataset.owner ?? "")),
  () => (typeof document === "undefined" ? "" : document.cookie),
)

/** The stored JSON; null when there is none, or it is damaged. */
export function readJson(storage: Pick<PageStorage, "getItem">, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? "null")
  } catch {
    return null
  }
}
