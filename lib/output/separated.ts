/** Rows of values between commas, semicolons, or tabs (RFC 4180). Pure; safe to import on both sides. */

/** Rows that have something in them, the head first. The separator is the one that the first line has most of. */
export function rowsOf(text: string): string[][] {
  const [first = ""] = text.split("\n")
  const separators = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)
  const [separator = ","] = separators
  const rows: string[][] = []
  let row: string[] = []
  let current = ""
  for (let at = 0; at < text.length; ) {
    // Further on in a cell a quotation mark is one: 5" of pipe.
    const quoted = text[at] === '"' && current.trim() === "" ? quotedAt(text, at) : null
    PLAIN.lastIndex = at
    const found = quoted ?? PLAIN.exec(text)?.[0] ?? ""
    at += found.length
    const ends = quoted === null && /^(?:\r\n?|\n)$/.test(found)
    if (ends || found === separator) {
      row.push(current)
      current = ""
    } else current += quoted === null ? found : quoted.slice(1, -1).replaceAll('""', '"')
    if (ends) {
      rows.push(row)
      row = []
    }
  }
  if (current !== "" || row.length > 0) rows.push([...row, current])
  return rows.filter((cells) => cells.some((one) => one.trim() !== ""))
}

/** A quotation mark, a separator, a line end, or all up to the next of these. */
const PLAIN = /[^",;\t\r\n]+|[",;\t]|\r\n?|\n/y

/** From one quotation mark to the one that ends it; null where none does. */
function quotedAt(text: string, from: number): string | null {
  let end = text.indexOf('"', from + 1)
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  return end < 0 ? null : text.slice(from, end + 1)
}
