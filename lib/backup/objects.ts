/** Copies files between stores, comparing each with its stored hash. */
import { createHash } from "node:crypto"
import type { FileStorage } from "@/lib/files/storage"

export interface StoredObject {
  key: string
  /** In hex. */
  sha256: string
  /** Bytes. */
  size: number
}

/** `there`: it already existed, complete. `lost`: missing in `from`, or has different bytes there. */
export type Outcome = "copied" | "there" | "lost"

/** Copies one file unless it exists. */
export async function copyObject(from: FileStorage, to: FileStorage, object: StoredObject): Promise<Outcome> {
  if (await holds(to, object)) return "there"
  const stored = await from.get(object.key)
  if (!stored) return "lost"
  const { size, sha256 } = await to.put(object.key, stored.body)
  if (size === object.size && sha256 === object.sha256) return "copied"
  // The store keeps what it was given, and these aren't the bytes that were originally stored.
  await to.remove(object.key)
  return "lost"
}

/** Whether exactly these bytes are in the store. */
export async function holds(storage: FileStorage, { key, sha256, size }: StoredObject): Promise<boolean> {
  const stored = await storage.get(key)
  if (!stored) return false
  if (stored.size !== size) {
    await stored.body.cancel()
    return false
  }
  const hash = createHash("sha256")
  for await (const piece of stored.body) hash.update(piece)
  return hash.digest("hex") === sha256
}
