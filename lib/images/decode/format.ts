/**
 * Detects a file's format from its first bytes. File names and declared types can't be trusted (Open WebUI
 * CVE-2026-45315).
 */
const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

export type ImageFormat =
  | "png"
  | "jpeg"
  | "gif"
  | "webp"
  | "tiff"
  | "avif"
  | "heic"
  | "bmp"
  | "jxl"
  | "ppm"
  | "ico"
  | "jp2"
  | "psd"
  | "svg"

/** Null if it isn't one of these image formats. */
export function imageFormatOf(bytes: Uint8Array): ImageFormat | null {
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png"
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg"
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return "gif"
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp"
  if (["II*\0", "MM\0*", "II+\0", "MM\0+"].includes(ascii(bytes, 0, 4))) return "tiff"
  if (ascii(bytes, 4, 8) === "ftyp") return heifFormatOf(bytes)
  if (ascii(bytes, 0, 2) === "BM" && [12, 40, 52, 56, 64, 108, 124].includes(bytes[14] ?? 0)) return "bmp"
  if ((bytes[0] === 0xff && bytes[1] === 0x0a) || ascii(bytes, 4, 8) === "JXL ") return "jxl"
  // Portable pixmaps: a magic number, whitespace, and dimensions, in text or binary form.
  if (/^P[1-7][\s]/.test(ascii(bytes, 0, 3)) && /^(?:P7\nWIDTH|P[1-6]\s+(?:#[^\n]*\s+)*\d)/.test(ascii(bytes, 0, 64)))
    return "ppm"
  if (ascii(bytes, 0, 4) === "\0\0\x01\0") return "ico"
  if (ascii(bytes, 4, 8) === "jP  ") return "jp2"
  if (ascii(bytes, 0, 4) === "8BPS") return "psd"
  return isSvg(bytes) ? "svg" : null
}

/** What may precede the first tag of an XML file: its declaration, comments, a doctype. */
const XML_HEAD = /^\ufeff?(?:\s+|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE\s+svg[^>[]*(?:\[[^\]]*\]\s*)?>)*/i
const HEAD = 4_096

/** An XML file whose first tag is `svg`: a page containing one doesn't count. */
function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD))
  return /^<(?:svg:)?svg[\s>/]/.test(head.replace(XML_HEAD, ""))
}

const BRAND = 4
const MAX_BRANDS = 32

/** Detected by the brands of the ISO base media container: the major brand is often the generic “mif1”. */
function heifFormatOf(bytes: Uint8Array): ImageFormat | null {
  const size = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)
  const end = Math.min(size, bytes.length, 8 + MAX_BRANDS * BRAND)
  const brands = new Set<string>()
  for (let at = 8; at + BRAND <= end; at += BRAND) brands.add(ascii(bytes, at, at + BRAND))
  if (brands.has("avif") || brands.has("avis")) return "avif"
  return ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"].some((brand) => brands.has(brand)) ? "heic" : null
}

const SAMPLE = 4_096

/** Whether it is UTF-8 text without control characters, judging by the first 4 kB. */
export function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE)
  // A character may be cut off at the end of the sample; streaming mode allows that.
  const decoder = new TextDecoder("utf-8", { fatal: true })
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters distinguish data from text
    return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(decoder.decode(sample, { stream: true }))
  } catch {
    return false
  }
}
