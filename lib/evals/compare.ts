/** Compares two runs of an eval: which cases have different outcomes. */
import { measurementsOf } from "@/lib/db/evals/answers"
import { type QuestionRecord, questionsOf } from "@/lib/db/evals/runs"
import { readVerdict } from "@/lib/evals/contract/eval"
import { columnsIn } from "@/lib/evals/evals"
import { requireRun, runNotFound } from "@/lib/evals/runs"
import type { ChangedCase, ComparedColumn, Outcome, RunColumn } from "@/lib/evals/types"

type Column = Pick<RunColumn, "model" | "preset"> & { place: number }

/**
 * Pairs of columns: first those with the same model and preset, then with the same model, then the rest in order. Each
 * column is in at most one pair. Pure.
 */
export function pairsOf(before: Column[], after: Column[]): [Column, Column][] {
  const pairs: [Column, Column][] = []
  const rest = { before: [...before], after: [...after] }
  const pair = (fits: (a: Column, b: Column) => boolean) => {
    for (const one of [...rest.after]) {
      const other = rest.before.find((candidate) => fits(candidate, one))
      if (!other) continue
      pairs.push([other, one])
      rest.before.splice(rest.before.indexOf(other), 1)
      rest.after.splice(rest.after.indexOf(one), 1)
    }
  }
  pair((a, b) => a.model === b.model && a.preset === b.preset)
  pair((a, b) => a.model === b.model)
  pair(() => true)
  return pairs.sort(([, a], [, b]) => a.place - b.place)
}

interface Asked extends Pick<QuestionRecord, "caseId" | "number" | "question" | "system" | "check"> {
  /** Keyed by column position in the run. */
  outcomes: Map<number, Outcome>
}

/** Throws `eval:run_not_found` unless both are runs of this eval. */
export async function compareRuns(
  userId: string,
  evalId: string,
  ids: { a: string; b: string },
): Promise<ComparedColumn[]> {
  const [a, b] = await Promise.all([requireRun(userId, ids.a), requireRun(userId, ids.b)])
  if (a.evalId !== evalId || b.evalId !== evalId) throw runNotFound()
  const [before, after] = await Promise.all([askedIn(ids.a), askedIn(ids.b)])
  const placed = (run: typeof a): Column[] =>
    columnsIn(run).map(({ model, preset }, place) => ({ model, preset, place }))
  return pairsOf(placed(a), placed(b)).map(([left, right]) => compared(before, after, left, right))
}

async function askedIn(runId: string): Promise<Map<string, Asked>> {
  const [questions, answers] = await Promise.all([questionsOf(runId), measurementsOf(runId)])
  const asked = new Map(questions.map((one) => [one.number, { ...one, outcomes: new Map<number, Outcome>() }]))
  for (const { number, place, state, verdict } of answers) {
    const outcome = state === "failed" ? "error" : state === "done" ? (readVerdict(verdict) ?? "open") : "open"
    asked.get(number)?.outcomes.set(place, outcome)
  }
  return new Map([...asked.values()].map((one) => [one.caseId, one]))
}

const isSame = (a: Asked, b: Asked) =>
  a.question === b.question && a.system === b.system && JSON.stringify(a.check) === JSON.stringify(b.check)

function compared(before: Map<string, Asked>, after: Map<string, Asked>, left: Column, right: Column): ComparedColumn {
  const both = [...after].flatMap(([id, now]) => {
    const then = before.get(id)
    return then ? [{ then, now }] : []
  })
  const all = both.map(({ then, now }): ChangedCase => {
    const { question, number } = now
    return {
      ...{ question, number, edited: !isSame(then, now) },
      ...{ before: then.outcomes.get(left.place) ?? "open", after: now.outcomes.get(right.place) ?? "open" },
    }
  })
  const changed = all.filter((one) => one.before !== one.after)
  return {
    ...{ before: left, after: right, changed },
    gained: changed.filter((one) => one.after === "pass").length,
    lost: changed.filter((one) => one.before === "pass").length,
    same: all.length - changed.length,
    added: after.size - both.length,
    removed: before.size - both.length,
  }
}
