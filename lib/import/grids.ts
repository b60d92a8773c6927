/** Imports grids from Sparkler's own export. Pending questions stay pending; file inputs become their names. */
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { restoreGrid } from "@/lib/db/grids/restore"
import { ANSWER_STATES, gridInputSchema, MAX_COLUMNS, MAX_GRIDS, MAX_MODELS, MAX_ROWS } from "@/lib/grids/contract/grid"
import { stagedLines } from "@/lib/import/stage"
import { isRecord } from "@/lib/is-record"
import { modelIdSchema, outputRequestSchema, settingsSchema } from "@/lib/messages/types"

const count = z.int32().min(0).catch(0)
const headSchema = z.object({
  format: z.literal("sparkler-grid"),
  version: z.literal(1),
  title: z.string().min(1).max(200),
  instructions: z.string().max(20_000).catch(""),
  // JSON without a schema has no columns.
  output: outputRequestSchema.refine(({ type }) => type === "json_schema"),
  models: z.array(modelIdSchema).min(1).max(MAX_MODELS),
  settings: settingsSchema.catch({}),
  columns: z.array(z.string().max(200)).max(MAX_COLUMNS).catch([]),
  spendLimitUsd: z.number().positive().nullable().catch(null),
  createdAt: z.iso.datetime(),
})
const answerSchema = z.object({
  place: z.number().int().min(0).max(1),
  state: z.enum(ANSWER_STATES),
  ...{ result: z.json(), edited: z.json(), problems: z.json(), error: z.json() },
  model: modelIdSchema.nullable().catch(null),
  inputTokens: count,
  outputTokens: count,
  costUsd: z.number().min(0).nullable().catch(null),
})
const rowSchema = z.object({ input: gridInputSchema, answers: z.array(answerSchema).max(MAX_MODELS) })
type Head = z.infer<typeof headSchema>
type Row = z.infer<typeof rowSchema>

/** Adds grids that don't exist yet; the same title and creation time count as the same grid. */
export async function importGrids(userId: string, importId: string): Promise<void> {
  let head: Head | null = null
  let rows: Row[] = []
  let grids = 0
  const store = async () => {
    if (head && grids++ < MAX_GRIDS) await keep(userId, head, rows)
    rows = []
  }
  for await (const line of stagedLines(userId, importId, "grids")) {
    const value: unknown = parsed(line)
    // The rows of an unreadable grid are skipped.
    if (isRecord(value) && "format" in value) {
      await store()
      head = headSchema.safeParse(value).data ?? null
      continue
    }
    const row = rowSchema.safeParse(value).data
    if (row && rows.length < MAX_ROWS) rows.push(row)
  }
  await store()
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function keep(userId: string, { createdAt, format: _, version: __, ...head }: Head, rows: Row[]): Promise<boolean> {
  const answersOf = ({ answers }: Row) =>
    head.models.map((_, place) => {
      const answer = answers.find((one) => one.place === place)
      const ended = answer && answer.state !== "waiting" && answer.state !== "running"
      return ended ? answer : null
    })
  return restoreGrid({
    ...{ ...head, id: uuidv7(), userId, createdAt: new Date(createdAt), most: MAX_GRIDS },
    rows: rows.map((row) => ({ input: withoutFile(row.input), answers: answersOf(row) })),
  })
}

const withoutFile = (input: Row["input"]) => ("name" in input ? { text: `[${input.name || "file"}]` } : input)
