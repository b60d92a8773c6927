/** What a browser is told about a file that it is sent. */

/** A name of any letters as a parameter of a header: RFC 8187. */
export const encodedName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** A file to be saved under this name: RFC 6266, for old readers without what is not ASCII. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_")
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodedName(name)}`
}

/** Headers of a stored file that is saved and never shown, whatever is in it. `size` in bytes. */
export const savedFile = (name: string, size: number) => ({
  "content-type": "application/octet-stream",
  "content-length": String(size),
  "content-disposition": attachment(name),
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cache-control": "private, max-age=31536000, immutable",
})
