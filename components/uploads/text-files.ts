/**
 * Detects whether an attached file is text, by its bytes and never by its name; anything else is classified by the
 * server.
 */
import { decodeText, mediaTypeOf, textFileName } from "@/lib/messages/text-bytes"
import type { TextFile } from "@/lib/messages/types"

/** Bytes examined to tell text from binary data. */
const HEAD = 4_096
/** A UTF-16 code unit takes at most this many bytes in UTF-8. */
const MAX_BYTES_A_CHARACTER = 3

/** Why a file can't be attached: a key of the message catalog. */
export type TextFileError = "empty" | "unreadable" | "notUtf8" | "notText" | "tooLarge"

export type ReadFile = { kind: "text"; file: TextFile } | { kind: "other" } | { kind: "failed"; reason: TextFileError }

/** Reads a file whose text has at most `mostCharacters`. Never throws. */
export async function readFile(file: File, mostCharacters: number): Promise<ReadFile> {
  try {
    if (file.size === 0) return { kind: "failed", reason: "empty" }
    const bytes = await bytesOf(file.slice(0, HEAD))
    const head = decodeText(bytes, true)
    if (head.text === null) {
      const saysText = file.type.startsWith("text/") || mediaTypeOf(file.name) !== "text/plain"
      if (head.fault === "encoding" && saysText) return { kind: "failed", reason: "notUtf8" }
      return { kind: "other" }
    }
    if (isWrittenDocument(head.text)) return { kind: "other" }
    const tooLarge: ReadFile = isPage(head.text) ? { kind: "other" } : { kind: "failed", reason: "tooLarge" }
    if (file.size > mostCharacters * MAX_BYTES_A_CHARACTER) return tooLarge
    const { text, fault } = decodeText(await bytesOf(file))
    if (text === null) return { kind: "failed", reason: fault === "encoding" ? "notUtf8" : "notText" }
    if (text.length > mostCharacters) return tooLarge
    const name = textFileName(file.name)
    return { kind: "text", file: { name, mediaType: mediaTypeOf(name), text } }
  } catch {
    // A folder, or a file that was moved or can't be read.
    return { kind: "failed", reason: "unreadable" }
  }
}

/** Documents that are text by their bytes: rich text, and saved email. */
const isWrittenDocument = (head: string): boolean =>
  head.startsWith("{\\rtf") ||
  (/^(?:[A-Z][A-Za-z-]*: .*\r?\n(?:[ \t].*\r?\n)*){3}/.test(head) && /^(?:From|Received): /m.test(head))

/** A web page, most of which is markup: a large one is read as a document. */
const isPage = (head: string): boolean => /^\s*<(?:!doctype html|html)\b/i.test(head)

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
