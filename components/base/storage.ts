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

/**
 * A browser's storage, and in its place the memory of the page wherever it is forbidden (a blocked cookie forbids it
 * too, and already the mention of it throws) or full.
 */
export class StorageDoor implements PageStorage {
  /** What could not be stored; it is newer than what is. */
  private readonly unkept = new Map<string, string>()
  /** Something could not be stored on this page. */
  readonly failed = new Store(false)

  constructor(private readonly open: () => Pick<Storage, "getItem" | "setItem" | "removeItem">) {}

  getItem(key: string): string | null {
    return this.unkept.get(key) ?? this.attempt((storage) => storage.getItem(key)) ?? null
  }

  setItem(key: string, value: string): boolean {
    const kept = this.attempt((storage) => {
      storage.setItem(key, value)
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
    this.attempt((storage) => storage.removeItem(key))
  }

  private attempt<T>(work: (storage: ReturnType<typeof this.open>) => T): T | undefined {
    try {
      return work(this.open())
    } catch {
      return undefined
    }
  }
}

/** What this browser keeps of the site. */
export const browserStorage = new StorageDoor(() => window.localStorage)

/** The stored JSON; null when there is none, or it is damaged. */
export function readJson(storage: Pick<PageStorage, "getItem">, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? "null")
  } catch {
    return null
  }
}
