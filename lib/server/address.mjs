/** An address whose escapes are none can be nobody's. */
export function isReadable(url) {
  try {
    decodeURI(url)
    return true
  } catch {
    return false
  }
}

/** The address with what is no escape written out, as somebody typed it: `/?q=100%` asks for “100%”. */
export const mended = (url) =>
  url.replace(/(?:%[0-9a-f]{2})+|%/gi, (part) => (isReadable(part) ? part : part.replaceAll("%", "%25")))
