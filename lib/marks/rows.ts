/** Converts tables, and members in sentences, to the objects that they would be in JSON. Pure; never throws. */

/** Maximum rows, and characters of a row; longer lines aren't rows. */
const MAX_ROWS = 500
const MAX_OF_LINE = 2_000

/** Names of columns that contain the label. */
const LABELS = /^(?:label|object|item|name|element|class|category|description|text|text_content|what|part)$/
const SIZES = /^(?:width|height)$/
const MEMBERS = /^(?:bbox_2d|bbox|box|box_2d|point_2d|bounding_box)$/

/** Rows of Markdown tables, keyed by column name. */
export function tableRows(text: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = []
  let names: string[] | null = null
  let before: string[] | null = null
  for (const line of text.split("\n")) {
    if (rows.length >= MAX_ROWS) break
    const cells = cellsOf(line)
    if (cells === null) names = null
    else if (before && isRule(cells)) names = before.map(nameOf)
    else if (names) rows.push(recordOf(names, cells))
    before = cells
  }
  return rows
}

function cellsOf(line: string): string[] | null {
  if (line.length > MAX_OF_LINE || !line.includes("|")) return null
  const bare = line.trim()
  return bare
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.replace(/[`*]/g, "").trim())
}

const isRule = (cells: string[]): boolean => cells.every((cell) => /^:?-+:?$/.test(cell))

/** `Bounding box [x1, y1, x2, y2]` is recognized by its name; a name with a different order isn't. */
function nameOf(head: string): string {
  const [, words = "", order = ""] = /^([^[(]*)(.*)$/.exec(head.toLowerCase()) ?? []
  const name = words.trim().replace(/\s+/g, "_")
  const said = order.match(/[a-z]\w*/g)?.join(" ") ?? ""
  if (LABELS.test(name)) return "label"
  // Tables of sizes aren't marks.
  if (SIZES.test(name)) return `the ${name}`
  if (!MEMBERS.test(name)) return name
  if (said && !ORDERS.test(said)) return `${name} ${said}`
  return name === "bounding_box" ? (said ? "bbox" : name) : name
}

const ORDERS = /^(?:x_?1 y_?1 x_?2 y_?2|x_?min y_?min x_?max y_?max|left top right bottom|x y|normalized|0)$/

function recordOf(names: string[], cells: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name, at) => [name, name === "label" ? cells[at] : partOf(cells[at] ?? "")]))
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`
const LIST = new RegExp(String.raw`^[[(]*\s*${NUMBER}(?:\s*[,;]\s*${NUMBER})+\s*[\])]*$`)

/** A number, a list of numbers, or the text itself. */
function partOf(cell: string): unknown {
  if (new RegExp(`^${NUMBER}$`).test(cell)) return Number(cell)
  return LIST.test(cell) ? cell.match(new RegExp(NUMBER, "g"))?.map(Number) : cell
}

/** `bbox_2d: [x1, y1, x2, y2]`, with or without quotes, in a sentence or list item; the text before it is its label. */
const MEMBER = new RegExp(
  String.raw`["'\x60*]*\b(bbox_2d|bbox|point_2d)\b["'\x60*]*\s*[:=]\s*["'\x60*]*\[\s*(${NUMBER}(?:\s*,\s*${NUMBER}){1,3})\s*\]`,
  "g",
)
const MAX_LABEL = 80

export function membersIn(text: string): Record<string, unknown>[] {
  const lines = text.split("\n").filter((line) => line.length <= MAX_OF_LINE && /bbox|point_2d/.test(line))
  return lines.flatMap((line) => {
    let behind = 0
    return [...line.matchAll(MEMBER)].map((match) => {
      const label = labelOf(line.slice(behind, match.index))
      behind = match.index + match[0].length
      return { label, [match[1] ?? ""]: match[2]?.split(",").map(Number) }
    })
  })
}

/** The label without list markers and trailing punctuation. */
function labelOf(before: string): string {
  const words = before
    .replace(/^\s*(?:[-*+•]|\d+[.)])\s+/, "")
    .replace(/[`*_"']/g, "")
    .replace(/^[\s,;.)\]]+|[\s,;:([=–—-]+$/g, "")
  return words.length <= MAX_LABEL ? words : ""
}
