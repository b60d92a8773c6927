/** Documents, and texts too long for a message. */
import { readFile } from "node:fs/promises"
import { config } from "@/lib/config"
import { documentKindOf } from "@/lib/documents/kind"
import { addDocument, MAX_DOCUMENT_BYTES } from "@/lib/documents/store/documents"
import type { FileKind, Incoming } from "@/lib/intake/intake"
import type { TakeRequest } from "@/lib/intake/types"
import { decodeText } from "@/lib/messages/text-bytes"

const take = async ({ userId, name, path, mostBytes }: Incoming, { password }: TakeRequest) => ({
  kind: "document" as const,
  document: { ...(await addDocument(userId, await readFile(path), { name, password, mostBytes, otherwise: "text" })) },
})

/** Office files and zips are detected from the whole file; all others, from the beginning. */
const isPackage = (head: Uint8Array): boolean =>
  (head[0] === 0x50 && head[1] === 0x4b) || (head[0] === 0xd0 && head[1] === 0xcf)

export const documentKind: FileKind = {
  mostBytes: () => MAX_DOCUMENT_BYTES,
  knows: async (head, { path, size }) =>
    documentKindOf(isPackage(head) && size <= MAX_DOCUMENT_BYTES ? await readFile(path) : head) !== null,
  take,
}

/** Maximum size in bytes of a text stored as a document. */
const MAX_TEXT_BYTES = 10_000_000

/** A text with more characters than a message may have. */
export const longTextKind: FileKind = {
  mostBytes: () => MAX_TEXT_BYTES,
  knows: (head, { size }) => size > config().limits.messageChars && decodeText(head, true).text !== null,
  take,
}
