/** Decodes bytes like a browser, in this order: byte order mark, the server's charset, the page's own, UTF-8. */

const IN_PAGE = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})/i
const IN_HEADER = /charset\s*=\s*["']?\s*([\w.:-]{2,40})/i
const SEARCHED = 4_096

/** `type`: the full `content-type`. */
export function decodedText(bytes: Uint8Array, type: string): string {
  const label = markOf(bytes) ?? IN_HEADER.exec(type)?.[1] ?? IN_PAGE.exec(beginningOf(bytes))?.[1]
  const decoder = decoderOf(label)
  const text = decoder.decode(bytes)
  return decoder.encoding === "windows-1252" ? withPunctuation(text) : text
}

/** Bytes 0x80 to 0x9f of windows-1252, which Node.js 20 and 22 decode as Latin-1 control characters. */
const PUNCTUATION = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

const withPunctuation = (text: string) =>
  text.replace(/[\u0080-\u009f]/g, (letter) => PUNCTUATION.charAt(letter.charCodeAt(0) - 0x80))

function markOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8"
  if (a === 0xfe && b === 0xff) return "utf-16be"
  return a === 0xff && b === 0xfe ? "utf-16le" : undefined
}

const beginningOf = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes.subarray(0, SEARCHED))

/** A page whose charset could be read as ASCII is not UTF-16, whatever it declares; an unknown label means UTF-8. */
function decoderOf(label = "utf-8"): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}
