/** User preferences stored in this browser. */

import { browserStorage, keyOf, type PageStorage } from "@/components/base/storage"
import { type Readable, Store } from "@/components/base/store"

/**
 * The storage format of a preference. `read` returns null for an invalid value, written by another version or by hand.
 */
export interface Form<T> {
  read(text: string): T | null
  write(value: T): string
}

/** A plain string. */
export const asText: Form<string> = { read: (text) => text, write: (text) => text }

/** As JSON; `valid` returns the value from the parsed JSON, or null. */
export const asJson = <T>(valid: (value: unknown) => T | null): Form<T> => ({
  read: (text) => valid(parsed(text)),
  write: (value) => JSON.stringify(value),
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A list of strings, of which the first `most` are kept. */
export const asStringList = (most: number): Form<string[]> => {
  const cut = (texts: string[]) => texts.slice(0, most)
  return {
    read: asJson((value) => (Array.isArray(value) ? cut(value.filter((one) => typeof one === "string")) : null)).read,
    write: (texts) => JSON.stringify(cut(texts)),
  }
}

interface Options<T> {
  key: string
  /** Used when nothing valid is stored. */
  initial: T
  form: Form<T>
  storage?: Pick<PageStorage, "getItem" | "setItem">
}

/**
 * A single preference. Read from storage each time, so changes from other tabs apply too; if storage is denied or full,
 * it lasts as long as the page. Returns the same value object as long as the stored text is the same.
 */
export class Preference<T> implements Readable<T> {
  private readonly changes = new Store<null>(null)
  private readonly options: Required<Options<T>>
  private known: { text: string | null; value: T }

  constructor({ storage = browserStorage, ...options }: Options<T>) {
    this.options = { storage, ...options }
    this.known = { text: null, value: options.initial }
  }

  get = (): T => {
    const { storage, key, form, initial } = this.options
    const text = storage.getItem(key)
    if (text !== this.known.text) this.known = { text, value: (text === null ? null : form.read(text)) ?? initial }
    return this.known.value
  }

  /** Stores the value. */
  set = (value: T): void => {
    const { storage, key, form } = this.options
    storage.setItem(key, form.write(value))
    this.changes.tell()
  }

  /** The server has no stored value. */
  first = (): T => this.options.initial

  subscribe = (listener: () => void): (() => void) => {
    const leave = this.changes.subscribe(listener)
    const heard = ({ key }: StorageEvent) => {
      if (key === null || keyOf(key) === this.options.key) listener()
    }
    window.addEventListener("storage", heard)
    return () => {
      leave()
      window.removeEventListener("storage", heard)
    }
  }
}
