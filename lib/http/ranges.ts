/** Range requests for stored files (RFC 9110, section 14). */

export interface AskedRange {
  start: number
  end: number
}

/**
 * The requested range of `size` bytes: null for the whole file, also if the header is invalid or lists several ranges;
 * "unsatisfiable" if it contains no existing byte.
 */
export function rangeOf(headers: Headers, size: number, etag: string): AskedRange | null | "unsatisfiable" {
  const [, first = "", last = ""] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(headers.get("range") ?? "") ?? []
  if (first === "" && last === "") return null
  // If the file has changed, a part of it would not match what the client has.
  const condition = headers.get("if-range")
  if (condition !== null && condition !== etag) return null
  if (first === "") {
    const length = Math.min(Number(last), size)
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  if (last !== "" && Number(last) < start) return null
  if (start >= size) return "unsatisfiable"
  return { start, end: last === "" ? size - 1 : Math.min(Number(last), size - 1) }
}
