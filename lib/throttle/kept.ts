/** Maps of this process that forget who was quiet longest when they are full: many names don't fill the memory. */
import { singleton } from "@/lib/singleton"

const maps = () => singleton("throttles", () => new Map<string, Map<string, unknown>>())

/** The map of this name, for the whole process; always of the same values. */
export function kept<T>(name: string): Map<string, T>
export function kept(name: string): Map<string, unknown> {
  const found = maps().get(name) ?? new Map()
  maps().set(name, found)
  return found
}

/** Sets a value, which is the one that was used last from now on; the map has at most `most`. */
export function keep<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  map.delete(name)
  map.set(name, value)
  for (const oldest of map.keys()) {
    if (map.size <= most) break
    map.delete(oldest)
  }
}

/** All buckets are full again, and no wait is left: for tests. */
export const forgetThrottles = () => maps().clear()
