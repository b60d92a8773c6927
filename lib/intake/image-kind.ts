/** Pictures, of whatever format. One that can't be read is refused by the name of its format. */
import { readFile } from "node:fs/promises"
import { config } from "@/lib/config"
import { imageFormatOf } from "@/lib/images/format"
import { addImage } from "@/lib/images/images"
import type { FileKind } from "@/lib/intake/intake"

export const imageKind: FileKind = {
  mostBytes: () => config().limits.imageBytes,
  knows: (head) => imageFormatOf(head) !== null,
  take: async ({ userId, name, path, mostBytes }) => ({
    kind: "image",
    image: await addImage(userId, await readFile(path), name, mostBytes),
  }),
}
