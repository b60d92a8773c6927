/** Pieces of a stored file that a browser asks for (RFC 9110, section 14). */

export interface AskedRange {
  start: number
  end: number
}

/**
 * The piece that a request asks for of `size` bytes: null for the whole, as for what can't be read and for several pieces at
 * once; "unsatisfiable" where no byte of it is there.
 */
export function rangeOf(headers: Headers, size: number, etag: string): AskedRange | null | "unsatisfiable" {
  const [, first = "", last = ""] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(headers.get("range") ?? "") ?? []
  if (first === "" && last === "") return null
  // A piece of what has changed meanwhile would fit nothing.
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
