/**
 * Room for files on their way. What a person has there is bounded apart from what they store: uploads that stay open are no
 * way around a quota, and those that nobody goes on with take nothing of it.
 */
import { type Held, heldBy, removeUpload } from "@/lib/intake/stage"
import { alone, isBusy } from "@/lib/intake/turns"

/** Uploads that one person may have here at once, and their bytes together. */
export const MOST_UPLOADS = 100
const MOST_BYTES = 2_000_000_000
/** Milliseconds without a new byte after which an upload makes way for another one. */
const IDLE_MS = 10 * 60 * 1_000

/**
 * Whether a file of `size` bytes fits beside what this person has on the way, which may be as much as all their files
 * (`mostBytes`; null: any number), at most 2 GB. As far as it takes, what was taken in already makes way, then what nobody
 * goes on with, the oldest first. Not to be called twice at once.
 */
export async function makeRoom(userId: string, size: number, mostBytes: number | null, now = Date.now()) {
  const held = await heldBy(userId)
  const most = Math.min(MOST_BYTES, mostBytes ?? MOST_BYTES)
  let [count, bytes] = [held.length, held.reduce((sum, one) => sum + one.bytes, 0)]
  const fits = () => count < MOST_UPLOADS && bytes + size <= most
  const idle = held
    .filter(({ id, done, at }) => !isBusy(id) && (done || now - at.getTime() >= IDLE_MS))
    .sort((a, b) => Number(b.done) - Number(a.done) || a.at.getTime() - b.at.getTime())
  const leaving: Held[] = []
  for (const one of idle) {
    if (fits()) break
    leaving.push(one)
    count--
    bytes -= one.bytes
  }
  // For what doesn't fit even so, nothing is given up.
  if (!fits()) return false
  await Promise.all(leaving.map(({ id }) => alone(id, () => removeUpload(userId, id))))
  return true
}
