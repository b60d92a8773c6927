/**
 * Choosing between answers blind: nothing in the response reveals the model, neither names nor prices, times, or the
 * order. An answer is identified by a sealed key that only this server can open; how often each column won is revealed
 * on request.
 */
import { randomInt } from "node:crypto"
import { z } from "zod"
import { config } from "@/lib/config"
import { answeredCells, evalAnswers } from "@/lib/db/evals/answers"
import { addChoice, choicesOf, questionsOf } from "@/lib/db/evals/runs"
import { plainAnswer } from "@/lib/evals/checks/check"
import { columnsIn } from "@/lib/evals/evals"
import { requireRun, runNotFound } from "@/lib/evals/runs"
import { saidIn } from "@/lib/evals/said"
import type { BlindTally, BlindView, ChoiceRequest } from "@/lib/evals/types"
import { PURPOSES, seal, unseal } from "@/lib/seal"

/** Content of a sealed key; `place` null for a tie. */
const keySchema = z.strictObject({ runId: z.string(), number: z.number(), place: z.number().nullable() })
type Key = z.infer<typeof keySchema>

const keyOf = (key: Key) => seal(JSON.stringify(key), config().authSecret, PURPOSES.blindChoice)

function readKey(text: string): Key | null {
  try {
    return keySchema.parse(JSON.parse(unseal(text, config().authSecret, PURPOSES.blindChoice)))
  } catch {
    return null
  }
}

/** In an unpredictable order. */
function shuffled<Item>(items: Item[]): Item[] {
  const rest = [...items]
  return items.map(() => rest.splice(randomInt(rest.length), 1)[0] as Item)
}

/** The undecided questions that two columns have answered, and the choices so far. */
async function choosable(runId: string) {
  const [answered, choices] = await Promise.all([answeredCells(runId), choicesOf(runId)])
  const counts = new Map<number, number>()
  for (const { number } of answered) counts.set(number, (counts.get(number) ?? 0) + 1)
  const decided = new Set(choices.map(({ number }) => number))
  const open = [...counts].flatMap(([number, count]) => (count > 1 && !decided.has(number) ? [number] : []))
  return { open, choices }
}

/** The next question with its answers. Throws `eval:run_not_found`. */
export async function blindView(userId: string, runId: string): Promise<BlindView> {
  await requireRun(userId, runId)
  const { open, choices } = await choosable(runId)
  const [number] = open
  const [question] = number === undefined ? [] : await questionsOf(runId, [number])
  if (number === undefined || !question) return { left: 0, chosen: choices.length, next: null }
  const answers = (await evalAnswers(runId, [number])).flatMap(({ place, state, result }) => {
    const text = state === "done" ? saidIn(result) : null
    return text === null ? [] : [{ key: keyOf({ runId, number, place }), text: plainAnswer(text) }]
  })
  const tie = keyOf({ runId, number, place: null })
  const next = { question: question.question, tie, answers: shuffled(answers) }
  return { left: open.length, chosen: choices.length, next }
}

/** Records a choice; only the first one for a question counts. Throws `eval:run_not_found`, also for an invalid key. */
export async function choose(userId: string, runId: string, request: ChoiceRequest): Promise<void> {
  const run = await requireRun(userId, runId)
  const key = readKey("key" in request ? request.key : request.tie)
  const isTie = "tie" in request
  if (!key || key.runId !== runId || isTie !== (key.place === null)) throw runNotFound()
  if (key.place !== null && key.place >= columnsIn(run).length) throw runNotFound()
  await addChoice(runId, key.number, key.place)
}

/** How often each column won. Throws `eval:run_not_found`. */
export async function tallyOf(userId: string, runId: string): Promise<BlindTally> {
  const run = await requireRun(userId, runId)
  const choices = await choicesOf(runId)
  const columns = columnsIn(run).map(({ model, preset }) => ({ model, preset }))
  const wins = columns.map((_, place) => choices.filter((one) => one.place === place).length)
  return { chosen: choices.length, ties: choices.filter(({ place }) => place === null).length, wins, columns }
}
