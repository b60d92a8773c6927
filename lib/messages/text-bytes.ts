/** Distinguishes text from binary data, and tells how to show a text file. Pure, for both sides. */

export type DecodedText = { text: string; fault: null } | { text: null; fault: "encoding" | "binary" }

/**
 * Bytes as text: UTF-8, or UTF-16 with a byte order mark, which is removed. Text contains no NUL. `cut`: the bytes may
 * end in the middle of a character.
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

/** A PDF is a document, even if some are pure ASCII. */
const isPdf = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 5)) === "%PDF-"

const LONGEST_NAME = 255

/** On one line, never empty. */
export const textFileName = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, LONGEST_NAME) || "file.txt"

/** How to show a file, based on its name. */
const TYPES: Record<string, string> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  md: "text/markdown",
  markdown: "text/markdown",
  json: "application/json",
  html: "text/html",
  xml: "application/xml",
  svg: "image/svg+xml",
  yaml: "application/yaml",
  yml: "application/yaml",
}

export const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ""

export const mediaTypeOf = (name: string): string => TYPES[extensionOf(name)] ?? "text/plain"
