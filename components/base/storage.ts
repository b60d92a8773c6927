/** All access to the site's browser storage. Never throws: what can't be stored lasts as long as the page. */
import { Store } from "@/components/base/store"

export interface PageStorage {
  getItem(key: string): string | null
  /** False when the value only lasts as long as the page. */
  setItem(key: string, value: string): boolean
  removeItem(key: string): void
}

/** A storage that intentionally lasts as long as the page: used by temporary conversations. */
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

/** Keys of this site without an owner, from versions that knew one user per browser. */
const UNOWNED = /^sparkler:[^@]*$/

/** The key of a stored value without its owner, for reacting to changes from other tabs. */
export const keyOf = (stored: string): string => stored.replace(/@[^@]*$/, "")

/**
 * A browser storage that falls back to page memory when access is denied (blocking cookies denies it too, and then even
 * accessing the property throws) or it is full. Values are stored per user, so that another user of the same browser
 * does not see them; values stored by earlier versions for everybody go to the first user who visits.
 */
export class FallbackStorage implements PageStorage {
  /** Values that could not be stored; newer than the stored ones. */
  private readonly unkept = new Map<string, string>()
  /** Something could not be stored on this page. */
  readonly failed = new Store(false)
  private tookOver = false

  /** `owner` identifies the page's user; "" when there is none. */
  constructor(
    private readonly open: () => BrowserStorage,
    private readonly owner: () => string = () => "",
    /** The page's cookies. */
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

  /**
   * Once per page. Values already stored under the owner are newer. The old key is removed first, in case there is no
   * room for both.
   */
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
   * A guest who signs in keeps what the browser stored (the server names both in a cookie). For drafts the guest's
   * value wins; for everything else the account's existing value does.
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

/** The site's storage in this browser. */
export const browserStorage = new FallbackStorage(
  () => window.localStorage,
  () => (typeof document === "undefined" ? "" : (document.documentElement.dataset.owner ?? "")),
  () => (typeof document === "undefined" ? "" : document.cookie),
)

/** The stored JSON; null when missing or damaged. */
export function readJson(storage: Pick<PageStorage, "getItem">, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? "null")
  } catch {
    return null
  }
}
