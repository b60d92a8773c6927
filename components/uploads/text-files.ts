/** What a file is that somebody attaches: text by its bytes, never by its name; all else is for the server to judge as an image. */
import { decodeText, mediaTypeOf, textFileName } from "@/lib/messages/text-bytes"
import type { TextFile } from "@/lib/messages/types"

/** Bytes that tell text from data. */
const HEAD = 4_096
/** A UTF-16 code unit takes at most so many bytes of UTF-8. */
const MAX_BYTES_A_CHARACTER = 3

/** Why a file can't be attached, by its sentence in the catalogue. */
export type FileFault = "empty" | "unreadable" | "notUtf8" | "notText" | "tooLarge"

export type ReadFile = { kind: "text"; file: TextFile } | { kind: "image" } | { kind: "failed"; reason: FileFault }

/** Reads a file whose text has at most `mostCharacters`. Never throws. */
export async function readFile(file: File, mostCharacters: number): Promise<ReadFile> {
  try {
    if (file.size === 0) return { kind: "failed", reason: "empty" }
    const bytes = await bytesOf(file.slice(0, HEAD))
    const head = decodeText(bytes, true)
    if (head.text === null) {
      const saysText = file.type.startsWith("text/") || mediaTypeOf(file.name) !== "text/plain"
      if (head.fault === "encoding" && saysText) return { kind: "failed", reason: "notUtf8" }
      return saysImage(file) || beginsAsImage(bytes) ? { kind: "image" } : { kind: "failed", reason: "notText" }
    }
    if (file.size > mostCharacters * MAX_BYTES_A_CHARACTER) return { kind: "failed", reason: "tooLarge" }
    const { text, fault } = decodeText(await bytesOf(file))
    if (text === null) return { kind: "failed", reason: fault === "encoding" ? "notUtf8" : "notText" }
    if (text.length > mostCharacters) return { kind: "failed", reason: "tooLarge" }
    const name = textFileName(file.name)
    return { kind: "text", file: { name, mediaType: mediaTypeOf(name), text } }
  } catch {
    // A folder, or a file that was moved or may not be read.
    return { kind: "failed", reason: "unreadable" }
  }
}

/** By its type or its name; the server judges it by its bytes. */
const saysImage = ({ type, name }: File) =>
  type.startsWith("image/") || /\.(?:avif|bmp|gif|hei[cf]|jpe?g|jfif|png|svg|tiff?|webp)$/i.test(name)

/** PNG, JPEG, GIF, WebP, and what phones write. */
const BEGINNINGS = [/^\x89PNG/, /^\xff\xd8\xff/, /^GIF8/, /^RIFF.{4}WEBP/s, /^.{4}ftyp(?:avif|heic|heix|mif1)/s]

function beginsAsImage(bytes: Uint8Array): boolean {
  const beginning = String.fromCharCode(...bytes.slice(0, 16))
  return BEGINNINGS.some((known) => known.test(beginning))
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
