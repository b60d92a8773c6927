/**
 * Which temporary conversations a page still has open. Pages report this about twice a minute; it is kept in memory.
 */
import { z } from "zod"
import { topicOf } from "@/lib/bus/topic"
import { singleton } from "@/lib/singleton"

const MOST = 10_000

const beats = () => singleton("heldTemporary", () => new Map<string, number>())

/**
 * A page reports to one process, but any process may do the cleanup. `at` in milliseconds; null: the conversation is
 * gone.
 */
const holds = topicOf("held-temporary", z.object({ id: z.uuid(), at: z.number().nullable() }))

function note(id: string, at: number): void {
  const map = beats()
  const latest = Math.max(at, map.get(id) ?? at)
  map.delete(id)
  map.set(id, latest)
  for (const oldest of map.keys()) {
    if (map.size <= MOST) break
    map.delete(oldest)
  }
}

/** Notes that a page has this conversation open. `now` in milliseconds. */
export function hold(id: string, now = Date.now()): void {
  note(id, now)
  void holds.publish({ id, at: now })
}

/** When a page last reported this conversation as open; null if none has since the process started. */
export const lastHeldAt = (id: string): number | null => beats().get(id) ?? null

export function letGo(id: string): void {
  beats().delete(id)
  void holds.publish({ id, at: null })
}

/** Notes what pages report to other processes, from now on. Resolves with an unsubscribe function. */
export const subscribeToHolds = (): Promise<() => void> =>
  holds.subscribe(({ id, at }) => {
    if (at === null) beats().delete(id)
    else note(id, at)
  })
