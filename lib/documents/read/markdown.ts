/** Builds Markdown from the contents of documents. Pure. */

/** A cell: on one line, with pipes escaped. */
const cellOf = (text: string): string => text.replace(/\s+/g, " ").trim().replaceAll("|", "\\|")

/** A table whose first row is the header. Trailing empty rows and columns are dropped. */
export function tableOf(rows: string[][]): string {
  const cells = rows.map((row) => row.map(cellOf))
  while (cells.length > 0 && cells.at(-1)?.every((cell) => cell === "")) cells.pop()
  const width = Math.max(0, ...cells.map((row) => row.findLastIndex((cell) => cell !== "") + 1))
  if (width === 0) return ""
  const lineOf = (row: string[]) => `| ${Array.from({ length: width }, (_, at) => row[at] ?? "").join(" | ")} |`
  const [head = [], ...body] = cells
  return [lineOf(head), `|${" --- |".repeat(width)}`, ...body.map(lineOf)].join("\n")
}

export const headingOf = (level: number, text: string): string =>
  `${"#".repeat(Math.min(6, Math.max(1, level)))} ${text.replace(/\s+/g, " ").trim()}`

/** Joins blocks with an empty line between them, skipping empty ones. */
export const blocks = (...all: string[]): string => all.filter((block) => block.trim() !== "").join("\n\n")
