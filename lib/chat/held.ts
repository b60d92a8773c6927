/** Which temporary conversations a page still holds. Pages say so about twice a minute; the processes remember. */
import { z } from "zod"
import { topicOf } from "@/lib/bus/topic"
import { singleton } from "@/lib/singleton"

const MOST = 10_000

const beats = () => singleton("heldTemporary", () => new Map<string, number>())

/** A page speaks to one process, and whichever sweeps must know. `at` in milliseconds; null: it is gone. */
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

/** Notes that a page holds this conversation. `now` in milliseconds. */
export function hold(id: string, now = Date.now()): void {
  note(id, now)
  void holds.publish({ id, at: now })
}

/** When a page last said that it holds this conversation; null when none has since the process began. */
export const heldAt = (id: string): number | null => beats().get(id) ?? null

export function letGo(id: string): void {
  beats().delete(id)
  void holds.publish({ id, at: null })
}

/** Notes what pages say to other processes, from now on. Returns how to stop that. */
export const hearHolds = (): Promise<() => void> =>
  holds.subscribe(({ id, at }) => {
    if (at === null) beats().delete(id)
    else note(id, at)
  })
