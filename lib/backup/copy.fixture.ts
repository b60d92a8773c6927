/** A database with rows in every table, generated from the tables' schema. */
import type { Kind, Row, Table, Target } from "@/lib/db/copy/tables"
import { openTarget } from "@/lib/db/copy/transfer"

/** Values that are easily altered in transfer. */
const TEXTS = ["plain", "Ümlaut ß 漢字 👩‍👩‍👧", 'it\'s "quoted" \\ back\nline\ttab', "", "CASE", "case", "\u2028\uFEFF"]
const JSONS = [
  '{"b":1,"a":[true,null,1.5,-0.25,1e21],"long":12345678901234567890}',
  '"text"',
  "[]",
  '{"emoji":"\\ud83d\\ude00","nested":{"z":{"y":[{"x":""}]}}}',
  "null",
]
const REALS = [0.1, 1 / 3, 1.7976931348623157e308, 5e-324, -12.5, 0]
const DATES = ["2026-11-30T10:20:30.123Z", "1970-01-01T00:00:00.000Z", "2199-12-31T23:59:59.999Z"]
const INTEGERS = [0, -1, 2_147_483_647, -2_147_483_648, 7]

const VALUES: Record<Kind, Row> = {
  text: TEXTS,
  json: JSONS,
  real: REALS,
  date: DATES,
  integer: INTEGERS,
  boolean: [true, false],
}
/** Columns that are enums on PostgreSQL and text on SQLite. */
const ENUMS: Record<string, string> = {
  "Message.role": "user",
  "Message.status": "complete",
  "Conversation.titleSource": "user",
  "File.kind": "image",
  "Job.state": "done",
  "Grid.state": "paused",
  "GridAnswer.state": "done",
  "EvalRun.state": "paused",
  "EvalAnswer.state": "done",
}

export const ROWS = 5

/** The n-th row of a table. A reference names the n-th row of the other table, so that all references are valid. */
function rowOf({ name, columns }: Table, n: number): Row {
  return columns.map(({ name: column, kind }) => {
    const fixed = ENUMS[`${name}.${column}`]
    if (fixed) return fixed
    if (kind !== "text" && !(kind === "integer" && /^(?:seq|number)$/.test(column)))
      return VALUES[kind][n % VALUES[kind].length] ?? null
    if (kind === "integer") return n
    const isName =
      /^(?:id|key|fileId|.*Id|objectKey|token|tokenHash|runningIn|provider|subject|variant|name|command|day|model|source|email)$/
    return isName.test(column) ? `${n % 2 ? "Key" : "key"}-${n}` : (TEXTS[n % TEXTS.length] ?? "")
  })
}

/** Writes `ROWS` rows into every table. */
export async function fillAll(url: string): Promise<Target["tables"]> {
  const target = await openTarget(url)
  try {
    for (const table of target.tables)
      await target.insert(
        table,
        Array.from({ length: ROWS }, (_, n) => rowOf(table, n)),
      )
    await target.commit()
    return target.tables
  } finally {
    await target.close()
  }
}
