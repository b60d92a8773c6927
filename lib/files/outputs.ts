/**
 * Files that tools write. They are stored as the person's files belonging to a conversation, and never with a type that
 * a browser would display.
 */
import { createHash } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { recordFileUse } from "@/lib/db/files"
import { storeFile } from "@/lib/files/files"

export interface NewOutput {
  userId: string
  conversationId: string
  name: string
  bytes: Uint8Array
  /** Bytes that the person's files may take in total; null: no limit. */
  mostBytes: number | null
}

export interface KeptOutput {
  id: string
  name: string
  /** Bytes. */
  size: number
}

/** Throws `StorageFull`. The caller has checked who owns the conversation. */
export async function addOutput({ userId, conversationId, name, bytes, mostBytes }: NewOutput): Promise<KeptOutput> {
  const id = uuidv7()
  const size = bytes.length
  const about = { mediaType: "application/octet-stream", width: null, height: null }
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  await storeFile({ id, userId, kind: "output", size, name, ...about, mostBytes }, { bytes, sha256 })
  await recordFileUse(conversationId, id)
  return { id, name, size }
}
