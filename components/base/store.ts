/** One way to hold what several components show. */
import { useSyncExternalStore } from "react"

/** What can be shown: it tells who listens that it is another. */
export interface Readable<T> {
  get(): T
  /** Returns how to leave. */
  subscribe(listener: () => void): () => void
}

/** A value, and who shows it. Both functions can be passed on by themselves. */
export class Store<T> implements Readable<T> {
  private readonly listeners = new Set<() => void>()

  constructor(private value: T) {}

  get = (): T => this.value

  /** Tells only where it is another value. */
  set = (value: T): void => {
    if (Object.is(value, this.value)) return
    this.value = value
    this.tell()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** For what is told by something else than its value. */
  tell = (): void => {
    for (const listener of this.listeners) listener()
  }
}

/** The value, on the server and at the first drawing `first`, else as it is. */
export const useStore = <T>({ get, subscribe }: Readable<T>, first: () => T = get): T =>
  useSyncExternalStore(subscribe, get, first)

/** A part of the value. Draws again only where the part is another: it has to be the same each time that nothing changed. */
export const usePart = <T, Part>(
  { get, subscribe }: Readable<T>,
  part: (value: T) => Part,
  first: () => Part = () => part(get()),
): Part => useSyncExternalStore(subscribe, () => part(get()), first)

const never = () => () => {}

/** What only the browser can say, and what stays so; false on the server and at the first drawing. */
export const useInBrowser = (read: () => boolean): boolean => useSyncExternalStore(never, read, () => false)
