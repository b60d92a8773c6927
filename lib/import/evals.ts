/** Imports evals from Sparkler's own export, with their runs. Pending questions stay pending. */
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { type RestoredAnswer, type RestoredRun, restoreEval } from "@/lib/db/evals/restore"
import {
  caseSchema,
  type EvalCase,
  MAX_CASES,
  MAX_COLUMNS,
  MAX_EVALS,
  MAX_RUNS,
  VERDICTS,
} from "@/lib/evals/contract/eval"
import { ANSWER_STATES } from "@/lib/grids/contract/grid"
import { stagedLines } from "@/lib/import/stage"
import { isRecord } from "@/lib/is-record"
import { modelIdSchema } from "@/lib/messages/types"

const count = z.int32().min(0).catch(0)
const amount = z.number().min(0).nullable().catch(null)
const judge = modelIdSchema.nullable().catch(null)
const headSchema = z.object({
  format: z.literal("sparkler-eval"),
  version: z.literal(1),
  title: z.string().min(1).max(200),
  judge,
  createdAt: z.iso.datetime(),
})
const caseLine = z.object({ case: caseSchema })
const columnSchema = z.looseObject({ model: modelIdSchema })
const runLine = z.object({
  run: z.object({
    columns: z.array(columnSchema).min(1).max(MAX_COLUMNS),
    ...{ judge, spendLimitUsd: z.number().positive().nullable().catch(null), createdAt: z.iso.datetime() },
  }),
})
const place = z
  .number()
  .int()
  .min(0)
  .max(MAX_COLUMNS - 1)
const askedLine = z.object({
  asked: caseSchema,
  answers: z
    .array(
      z.object({
        ...{ place, state: z.enum(ANSWER_STATES), verdict: z.enum(VERDICTS).nullable() },
        ...{ result: z.json(), finding: z.json(), error: z.json(), model: modelIdSchema.nullable().catch(null) },
        ...{ inputTokens: count, outputTokens: count, costUsd: amount, judgeUsd: amount },
        ...{ firstMs: z.int32().min(0).nullable().catch(null), speed: amount },
      }),
    )
    .max(MAX_COLUMNS),
  choice: z.object({ place: place.nullable() }).optional().catch(undefined),
})

interface Read {
  head: z.infer<typeof headSchema>
  cases: EvalCase[]
  runs: RestoredRun[]
}

/** Adds evals that don't exist yet; the same title and creation time count as the same eval. */
export async function importEvals(userId: string, importId: string): Promise<void> {
  let read: Read | null = null
  let evals = 0
  const store = async () => {
    if (read && evals++ < MAX_EVALS) await keep(userId, read)
  }
  for await (const line of stagedLines(userId, importId, "evals")) {
    const value = parsed(line)
    // The cases of an unreadable eval are skipped.
    if (isRecord(value) && "format" in value) {
      await store()
      const head = headSchema.safeParse(value).data
      read = head ? { head, cases: [], runs: [] } : null
    } else if (read) take(read, value)
  }
  await store()
}

function take({ cases, runs }: Read, value: unknown): void {
  const own = caseLine.safeParse(value).data
  if (own && cases.length < MAX_CASES) cases.push(own.case)
  const run = runLine.safeParse(value).data?.run
  if (run && runs.length < MAX_RUNS)
    runs.push({ ...run, id: uuidv7(), createdAt: new Date(run.createdAt), questions: [] })
  const asked = askedLine.safeParse(value).data
  const last = runs.at(-1)
  if (asked && last && last.questions.length < MAX_CASES) last.questions.push(restored(asked, last.columns.length))
}

function restored({ asked, answers, choice }: z.infer<typeof askedLine>, columns: number) {
  const byPlace = Array.from({ length: columns }, (_, at): RestoredAnswer | null => {
    const { place: _place, ...answer } = answers.find((one) => one.place === at) ?? { state: "waiting" as const }
    return "verdict" in answer && answer.state !== "waiting" && answer.state !== "running" ? answer : null
  })
  const chosen = choice && (choice.place === null || choice.place < columns) ? { choice: choice.place } : {}
  return { asked, answers: byPlace, ...chosen }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function keep(userId: string, { head, cases, runs }: Read): Promise<boolean> {
  const { title, judge: judgedBy, createdAt } = head
  const unique = [...new Map(cases.map((one) => [one.id, one])).values()]
  return restoreEval({
    ...{ id: uuidv7(), userId, title, judge: judgedBy, createdAt: new Date(createdAt), most: MAX_EVALS },
    ...{ cases: unique, runs },
  })
}
