/** Holds state shared by several components. */
import { useSyncExternalStore } from "react"

/** An observable value. */
export interface Readable<T> {
  get(): T
  /** Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void
}

/** A value with subscribers. Both functions can be passed on unbound. */
export class Store<T> implements Readable<T> {
  private readonly listeners = new Set<() => void>()

  constructor(private value: T) {}

  get = (): T => this.value

  /** Notifies only when the value changes. */
  set = (value: T): void => {
    if (Object.is(value, this.value)) return
    this.value = value
    this.tell()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Notifies without a change of value. */
  tell = (): void => {
    for (const listener of this.listeners) listener()
  }
}

/** The value; on the server and on first render `first`, otherwise the current one. */
export const useStore = <T>({ get, subscribe }: Readable<T>, first: () => T = get): T =>
  useSyncExternalStore(subscribe, get, first)

/**
 * A part of the value. Rerenders only when the part changes, so `part` must return the same reference when nothing
 * changed.
 */
export const useStoreSelector = <T, Part>(
  { get, subscribe }: Readable<T>,
  part: (value: T) => Part,
  first: () => Part = () => part(get()),
): Part => useSyncExternalStore(subscribe, () => part(get()), first)

const never = () => () => {}

/** A constant only the browser knows; false on the server and on first render. */
export const useInBrowser = (read: () => boolean): boolean => useSyncExternalStore(never, read, () => false)
