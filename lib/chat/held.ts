/** Which temporary conversations a page still holds. Pages say so about twice a minute; this process remembers. */
import { singleton } from "@/lib/singleton"

const MOST = 10_000

const beats = () => singleton("heldTemporary", () => new Map<string, number>())

/** Notes that a page holds this conversation. `now` in milliseconds. */
export function hold(id: string, now = Date.now()): void {
  const map = beats()
  map.delete(id)
  map.set(id, now)
  for (const oldest of map.keys()) {
    if (map.size <= MOST) break
    map.delete(oldest)
  }
}

/** When a page last said that it holds this conversation; null when none has since the process began. */
export const heldAt = (id: string): number | null => beats().get(id) ?? null

export const letGo = (id: string): void => void beats().delete(id)
