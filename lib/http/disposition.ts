/** Response headers for files. */

/** A Unicode name as a header parameter: RFC 8187. */
export const encodedName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** A download with this file name: RFC 6266, with an ASCII fallback for old clients. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, "_")
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodedName(name)}`
}

/** Headers of a stored file that is always downloaded and never displayed, whatever it contains. `size` in bytes. */
export const downloadHeaders = (name: string, size: number) => ({
  "content-type": "application/octet-stream",
  "content-length": String(size),
  "content-disposition": attachment(name),
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "cache-control": "private, max-age=31536000, immutable",
})
