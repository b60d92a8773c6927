/** Whether all escapes in a URL are valid; otherwise it can't exist. */
export function isReadable(url) {
  try {
    decodeURI(url)
    return true
  } catch {
    return false
  }
}

/** The URL with invalid escapes encoded, as someone typed it: `/?q=100%` searches for “100%”. */
export const mended = (url) =>
  url.replace(/(?:%[0-9a-f]{2})+|%/gi, (part) => (isReadable(part) ? part : part.replaceAll("%", "%25")))

/**
 * The host name to give Next.js for the listening address. In requests it calls every loopback address “localhost”:
 * with another name, it would treat a rewrite of `proxy.ts` as external and make a request of its own, by https if the
 * client used that.
 */
export const nextHostName = (host) => (/^(?:127(?:\.\d{1,3}){3}|::1)$/.test(host) ? "localhost" : host)
