/** Markdown from what documents are made of. Pure. */

/** A cell: on one line, with nothing that ends it. */
const cellOf = (text: string): string => text.replace(/\s+/g, " ").trim().replaceAll("|", "\\|")

/** A table whose first row is its head. Empty rows at the end, and empty columns at the right, are left out. */
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

/** Blocks with an empty line between them, without those that are empty. */
export const blocks = (...all: string[]): string => all.filter((block) => block.trim() !== "").join("\n\n")
