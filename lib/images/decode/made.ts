/** Writes, hashes, and describes the files made of pictures. */
import { createHash } from "node:crypto"
import { writeFile } from "node:fs/promises"
import path from "node:path"
import type { OutputInfo } from "sharp"
import type { MadeFile } from "@/lib/images/decode/types"

export interface Encoded {
  data: Buffer
  mediaType: MadeFile["mediaType"]
  width: number
  height: number
}

const TYPES: Record<string, MadeFile["mediaType"]> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
}

/** Converts sharp's result with `resolveWithObject`. */
export function encodedOf({ data, info }: { data: Buffer; info: OutputInfo }): Encoded {
  const mediaType = TYPES[info.format]
  if (!mediaType) throw new Error(`unexpected output format ${info.format}`)
  return { data, mediaType, width: info.width, height: info.height }
}

export async function save(folder: string, name: string, encoded: Encoded): Promise<MadeFile> {
  const { data, ...rest } = encoded
  const file = path.join(folder, name)
  await writeFile(file, data, { flag: "wx", mode: 0o600 })
  return { path: file, ...rest, size: data.length, sha256: createHash("sha256").update(data).digest("hex") }
}
