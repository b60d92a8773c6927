/** What a file is that somebody attaches: text by its bytes, never by its name; all else is for the server to judge as an image. */
import { mediaTypeOf } from "@/components/files/facts"
import type { TextFile } from "@/lib/messages/types"

/** Bytes that tell text from data. */
const HEAD = 4_096
/** A UTF-16 code unit takes at most so many bytes of UTF-8. */
const MAX_BYTES_A_CHARACTER = 3
const LONGEST_NAME = 255

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
    const name = fileName(file.name)
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

/** On one line, never empty. */
export const fileName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, LONGEST_NAME) || "file.txt"

export type DecodedText = { text: string; fault: null } | { text: null; fault: "encoding" | "binary" }

/**
 * Bytes as text: UTF-8, or UTF-16 that says so with a byte order mark, which is no part of the text. Text has no NUL.
 * `cut`: the bytes may end in the middle of a character.
 */
export function decodeText(bytes: Uint8Array, cut = false): DecodedText {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8"
  if (encoding === "utf-8" && (bytes.includes(0) || isPdf(bytes))) return { text: null, fault: "binary" }
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut })
    return text.includes("\0") ? { text: null, fault: "binary" } : { text, fault: null }
  } catch {
    return { text: null, fault: "encoding" }
  }
}

/** A document, though some are written in nothing but ASCII. */
const isPdf = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 5)) === "%PDF-"
