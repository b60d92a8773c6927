/** Parses rows of comma-, semicolon-, or tab-separated values (RFC 4180). Pure; safe to import on both sides. */

/** The non-empty rows, header first. The separator is the most frequent one in the first line. */
export function rowsOf(text: string): string[][] {
  const [first = ""] = text.split("\n")
  const separators = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)
  const [separator = ","] = separators
  const rows: string[][] = []
  let row: string[] = []
  let current = ""
  for (let at = 0; at < text.length; ) {
    // Later in a cell, a quotation mark is literal: 5" of pipe.
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

/** A quotation mark, a separator, a line ending, or all text up to the next of these. */
const PLAIN = /[^",;\t\r\n]+|[",;\t]|\r\n?|\n/y

/** From an opening quotation mark to its closing one; null if it isn't closed. */
function quotedAt(text: string, from: number): string | null {
  let end = text.indexOf('"', from + 1)
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  return end < 0 ? null : text.slice(from, end + 1)
}
