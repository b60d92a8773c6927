/** What a person has chosen in this browser, in one way for all of it. */

import { browserStorage, keyOf, type PageStorage } from "@/components/base/storage"
import { type Readable, Store } from "@/components/base/store"

/** How a choice stands in the storage. `read` gives null for what it can't be: another version wrote it, or a person. */
export interface Form<T> {
  read(text: string): T | null
  write(value: T): string
}

/** A text as it is. */
export const asText: Form<string> = { read: (text) => text, write: (text) => text }

/** As JSON; `valid` gives the value in what was parsed, or null. */
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

/** A list of texts, of which the first `most` are kept. */
export const asTexts = (most: number): Form<string[]> => {
  const cut = (texts: string[]) => texts.slice(0, most)
  return {
    read: asJson((value) => (Array.isArray(value) ? cut(value.filter((one) => typeof one === "string")) : null)).read,
    write: (texts) => JSON.stringify(cut(texts)),
  }
}

interface Options<T> {
  key: string
  /** Where nothing was chosen, or nothing that can be read. */
  initial: T
  form: Form<T>
  storage?: Pick<PageStorage, "getItem" | "setItem">
}

/**
 * One choice. It is read from the storage each time, so another tab's choice is this one's, too; where the storage is
 * denied or full it lives as long as the page. The same value as long as the same text is stored.
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

  /** Kept from now on. */
  set = (value: T): void => {
    const { storage, key, form } = this.options
    storage.setItem(key, form.write(value))
    this.changes.tell()
  }

  /** On the server nothing was chosen. */
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
