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

/**
 * The name by which Next.js is to know the address that is listened at. In requests it calls each loopback address
 * “localhost”: known by another name, a rewrite of `proxy.ts` would be one to a stranger, and a request of its own, by
 * https where the reader came so.
 */
export const ownName = (host) => (/^(?:127(?:\.\d{1,3}){3}|::1)$/.test(host) ? "localhost" : host)
