/** Text files: they become part of the message. */
import { readFile } from "node:fs/promises"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import type { FileKind } from "@/lib/intake/intake"
import { decodeText, mediaTypeOf, textFileName } from "@/lib/messages/text-bytes"

/** Maximum number of UTF-8 bytes per UTF-16 code unit. */
const MAX_BYTES_A_CHARACTER = 3

export const textKind: FileKind = {
  mostBytes: () => config().limits.messageChars * MAX_BYTES_A_CHARACTER,
  knows: (head) => decodeText(head, true).text !== null,
  take: async ({ name, path }) => {
    const { text, fault } = decodeText(await readFile(path))
    const details = { name }
    if (text === null) {
      const key = fault === "encoding" ? "upload:unsupported/encoding" : "upload:unsupported"
      throw new AppError(key, { values: { name }, details })
    }
    const limit = config().limits.messageChars
    if (text.length > limit)
      throw new AppError("upload:too_large/text", { values: { name, length: text.length, limit }, details })
    const fileName = textFileName(name)
    return { kind: "text", file: { name: fileName, mediaType: mediaTypeOf(fileName), text } }
  },
}
