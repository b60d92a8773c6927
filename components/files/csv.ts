/** Parses tables in text form (RFC 4180, and spreadsheet dialects). Pure. */

/** The separator that occurs most often in the first line: a tab, a semicolon or a comma. */
export function detectSeparator(text: string): string {
  const [first = ""] = text.split(/\r?\n/, 1)
  const unquoted = first.replace(/"[^"]*"/g, "")
  const counts = [",", ";", "\t"].map((sign) => ({ sign, count: unquoted.split(sign).length }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).sign
}

interface Table {
  rows: string[][]
  /** There are more rows than were read. */
  more: boolean
}

/** At most `most` rows of a table, including the header. An unclosed quote contains the rest of the text. */
export function readTable(text: string, separator: string, most: number): Table {
  const rows: string[][] = []
  let at = 0
  while (at < text.length && rows.length < most) {
    const row: string[] = []
    for (;;) {
      const cell = readCell(text, at, separator)
      row.push(cell.value)
      at = cell.end
      if (text[at] !== separator) break
      at++
    }
    if (text[at] === "\r") at++
    if (text[at] === "\n") at++
    rows.push(row)
  }
  return { rows, more: at < text.length }
}

/** The cell starting at `start`; `end` is the index of its terminator. */
function readCell(text: string, start: number, separator: string): { value: string; end: number } {
  let at = start
  let value = ""
  if (text[at] === '"') {
    for (at++; at < text.length; ) {
      const quote = text.indexOf('"', at)
      if (quote === -1) return { value: value + text.slice(at), end: text.length }
      value += text.slice(at, quote)
      at = quote + 1
      if (text[at] !== '"') break
      value += '"'
      at++
    }
  }
  const from = at
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at++
  return { value: value + text.slice(from, at), end: at }
}
