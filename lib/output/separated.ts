/** Rows of values between commas, semicolons, or tabs (RFC 4180). Pure; safe to import on both sides. */

/** Rows that have something in them, the head first. The separator is the one that the first line has most of. */
export function rowsOf(text: string): string[][] {
  const [first = ""] = text.split("\n")
  const separators = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)
  const [separator = ","] = separators
  const rows: string[][] = []
  let row: string[] = []
  const cell = /"((?:[^"]|"")*)"|[^",;\t\r\n]+|[",;\t]|\r?\n/g
  let current = ""
  for (const [found, quoted] of text.matchAll(cell)) {
    if (found === separator || /^\r?\n$/.test(found)) {
      row.push(current)
      current = ""
      if (found !== separator) {
        rows.push(row)
        row = []
      }
    } else current += quoted === undefined ? found : quoted.replaceAll('""', '"')
  }
  if (current !== "" || row.length > 0) rows.push([...row, current])
  return rows.filter((cells) => cells.some((one) => one.trim() !== ""))
}
