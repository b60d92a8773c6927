/** Detects a document's kind from its bytes: file names and declared types can't be trusted. */
import { strFromU8, unzipSync } from "fflate"
import type { DocumentKind } from "@/lib/documents/types"

/** Office files that aren't supported: the old binary formats, and password-protected new ones. */
export type Refused = "old_office" | "encrypted"

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** Bytes within which a PDF header may start: mail and old servers prepend other data. */
const PDF_WITHIN = 1_024
/** How much of the start of a text to examine. */
const START = 4_096

/** Null for anything that isn't one of these document kinds, such as images and plain text. */
export function documentKindOf(bytes: Uint8Array): DocumentKind | Refused | null {
  if (ascii(bytes, 0, PDF_WITHIN).includes("%PDF-")) return "pdf"
  if (ascii(bytes, 0, 4) === "PK\x03\x04") return zipKindOf(bytes)
  if (ascii(bytes, 0, 8) === "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    return isEncryptedOffice(bytes) ? "encrypted" : "old_office"
  if (ascii(bytes, 0, 6) === "{\\rtf1" || ascii(bytes, 0, 5) === "{\\rtf") return "rtf"
  const start = ascii(bytes, 0, START).replace(/^\xef\xbb\xbf/, "")
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!doctype\s+html|<html[\s>])/i.test(start)) return "html"
  return isMail(start) ? "eml" : null
}

const MIME_TYPES: Record<string, DocumentKind> = {
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/vnd.oasis.opendocument.presentation": "odp",
  "application/epub+zip": "epub",
}

function zipKindOf(bytes: Uint8Array): DocumentKind | null {
  const names = new Set<string>()
  try {
    const read = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.add(name)
        return name === "mimetype" && originalSize < 200
      },
    })
    const type = read.mimetype && MIME_TYPES[strFromU8(read.mimetype).trim()]
    if (type) return type
  } catch {
    return cutKindOf(bytes)
  }
  if (names.has("word/document.xml")) return "docx"
  if (names.has("xl/workbook.xml")) return "xlsx"
  return names.has("ppt/presentation.xml") ? "pptx" : null
}

/** A truncated file has no directory, but its first entry names reveal the kind. */
function cutKindOf(bytes: Uint8Array): DocumentKind | null {
  const start = ascii(bytes, 0, START)
  const [type] = Object.entries(MIME_TYPES).filter(([mime]) => start.includes(`mimetype${mime}`))
  if (type) return type[1]
  if (!start.includes("[Content_Types].xml") && !start.includes("_rels/.rels")) return null
  if (start.includes("xl/")) return "xlsx"
  return start.includes("ppt/") ? "pptx" : "docx"
}

/** A compound file with an encrypted package has a stream of that name, in UTF-16. */
const isEncryptedOffice = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from("EncryptedPackage", "utf16le"))

const MAIL_HEADERS =
  /^(?:received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|content-type|reply-to|sender|dkim-signature|arc-[\w-]+|authentication-results|x-[\w-]+|thread-[\w-]+|list-[\w-]+|in-reply-to|references|user-agent|content-[\w-]+|accept-language|importance|priority)$/i

/**
 * A text that begins with mail headers: nothing but headers, one of which names the sender, and one identifies it as a
 * mail.
 */
function isMail(start: string): boolean {
  const head = start.split(/\r?\n\r?\n/)[0] ?? ""
  const lines = head.split(/\r?\n/).filter((line) => !/^[ \t]/.test(line))
  const whole = head.length < start.length ? lines : lines.slice(0, -1)
  const names = whole.map((line) => /^([\w-]{2,60}):/.exec(line)?.[1]?.toLowerCase() ?? "")
  const has = (...some: string[]) => some.some((name) => names.includes(name))
  return (
    names.length >= 3 &&
    names.every((name, at) => MAIL_HEADERS.test(name) || (at > 0 && name !== "")) &&
    has("from") &&
    has("received", "message-id", "mime-version", "date") &&
    has("subject", "to")
  )
}
