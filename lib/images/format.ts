/** What a file is, by its first bytes. Names and declared types are somebody's word (Open WebUI CVE-2026-45315). */
const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))

/** Brands of the ISO base media container that hold pictures. */
const HEIF_BRANDS: Record<string, string> = {
  avif: "avif",
  avis: "avif",
  heic: "heic",
  heix: "heic",
  hevc: "heic",
  mif1: "heic",
  msf1: "heic",
}

/** png, jpeg, gif, webp, tiff, avif, heic, bmp or jxl; null for anything else (SVG is text and may hold scripts). */
export function imageFormatOf(bytes: Uint8Array): string | null {
  if (ascii(bytes, 0, 8) === "\x89PNG\r\n\x1a\n") return "png"
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg"
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return "gif"
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp"
  if (["II*\0", "MM\0*", "II+\0", "MM\0+"].includes(ascii(bytes, 0, 4))) return "tiff"
  if (ascii(bytes, 4, 8) === "ftyp") return HEIF_BRANDS[ascii(bytes, 8, 12)] ?? null
  if (ascii(bytes, 0, 2) === "BM" && bytes.length > 26) return "bmp"
  if (bytes[0] === 0xff && bytes[1] === 0x0a) return "jxl"
  return null
}

const SAMPLE = 4_096

/** Does it read as UTF-8 text without control characters? Judged by the first 4 kB. */
export function isText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE)
  // A character may be cut at the end of the sample: streaming mode lets that pass.
  const decoder = new TextDecoder("utf-8", { fatal: true })
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells data from text
    return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(decoder.decode(sample, { stream: true }))
  } catch {
    return false
  }
}
