/** Maps of this process that evict the least recently used entry when full, so that many names don't exhaust memory. */
import { singleton } from "@/lib/singleton"

const maps = () => singleton("throttles", () => new Map<string, Map<string, unknown>>())

/** The process-wide map with this name; its values always have the same type. */
export function kept<T>(name: string): Map<string, T>
export function kept(name: string): Map<string, unknown> {
  const found = maps().get(name) ?? new Map()
  maps().set(name, found)
  return found
}

/** Sets a value and marks it as the most recently used; the map holds at most `most` entries. */
export function keep<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  map.delete(name)
  map.set(name, value)
  for (const oldest of map.keys()) {
    if (map.size <= most) break
    map.delete(oldest)
  }
}

/** Refills all buckets and removes all waits, for tests. */
export const resetThrottles = () => maps().clear()
