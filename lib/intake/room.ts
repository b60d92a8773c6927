/**
 * Room for uploads in progress. What a user has here is limited separately from their stored files: open uploads can't
 * bypass the quota, and abandoned ones don't count toward it.
 */
import { type Held, heldBy, removeUpload } from "@/lib/intake/stage"
import { alone, isBusy } from "@/lib/intake/turns"

/** Maximum number of uploads a user may have in progress, and their maximum total size in bytes. */
export const MAX_UPLOADS = 100
const MAX_BYTES = 2_000_000_000
/** Milliseconds without new data after which an upload may be removed in favor of another. */
const IDLE_MS = 10 * 60 * 1_000

/**
 * Whether a file of `size` bytes fits next to this user's uploads in progress, which may be as large as all their files
 * (`mostBytes`; null for no limit), at most 2 GB. If necessary, finished uploads are removed first, then idle ones,
 * oldest first. Must not run concurrently.
 */
export async function makeRoom(userId: string, size: number, mostBytes: number | null, now = Date.now()) {
  const held = await heldBy(userId)
  const most = Math.min(MAX_BYTES, mostBytes ?? MAX_BYTES)
  let [count, bytes] = [held.length, held.reduce((sum, one) => sum + one.bytes, 0)]
  const fits = () => count < MAX_UPLOADS && bytes + size <= most
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
  // If it doesn't fit even so, nothing is removed.
  if (!fits()) return false
  await Promise.all(leaving.map(({ id }) => alone(id, () => removeUpload(userId, id))))
  return true
}
