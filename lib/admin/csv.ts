/** Tables as CSV files (RFC 4180) for spreadsheets: text that would be interpreted as a formula is escaped. Pure. */

export type Cell = string | number | null

/** How formulas start in spreadsheets, also after white space. */
const FORMULA = /^[\s]*[=+\-@|%]|^[\t\r\n]/

/** One cell. Numbers come from the server and stay numbers. */
export function cellOf(value: Cell): string {
  if (value === null) return ""
  if (typeof value === "number") return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n;]|^\s|\s$/.test(text) || text !== value ? `"${text.replaceAll('"', '""')}"` : text
}

export const lineOf = (cells: Cell[]): string => `${cells.map(cellOf).join(",")}\r\n`

/**
 * A file download that is generated while it is sent. Starts with a byte order mark, so that spreadsheets read it as
 * UTF-8.
 */
export function csvResponse(name: string, lines: AsyncIterable<Cell[]>): Response {
  const encoder = new TextEncoder()
  const iterator = lines[Symbol.asyncIterator]()
  let begun = false
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await iterator.next()
      if (done) return controller.close()
      controller.enqueue(encoder.encode(`${begun ? "" : "\uFEFF"}${lineOf(value)}`))
      begun = true
    },
    async cancel() {
      await iterator.return?.(undefined)
    },
  })
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  })
}
