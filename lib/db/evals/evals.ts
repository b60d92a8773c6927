/** Evals and their cases as they are stored. The owner is part of every question. */
import { cleanText, toJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Eval, EvalCase } from "@/lib/db/generated/sqlite/client"

export type EvalRecord = Eval
export type CaseRecord = EvalCase

const MOST_LISTED = 500

/** The user's evals, the last changed first. */
export const evalsOf = (userId: string): Promise<EvalRecord[]> =>
  db().eval.findMany({ where: { userId, deletedAt: null }, orderBy: { updatedAt: "desc" }, take: MOST_LISTED })

/** An eval of this user; null when there is none, or it is deleted. */
export const findEval = (id: string, userId: string): Promise<EvalRecord | null> =>
  db().eval.findFirst({ where: { id, userId, deletedAt: null } })

export const countEvals = (client: Transaction, userId: string): Promise<number> =>
  client.eval.count({ where: { userId, deletedAt: null } })

/** Makes an eval without cases. Fails when the id is taken. */
export async function createEval(
  client: Transaction,
  { title, ...rest }: Pick<EvalRecord, "id" | "userId" | "title" | "judge">,
): Promise<void> {
  await client.eval.create({ data: { ...rest, title: cleanText(title) }, select: { id: true } })
}

/** False when there is none. */
export async function updateEval(
  id: string,
  userId: string,
  { title, judge }: { title?: string; judge?: string | null },
): Promise<boolean> {
  const { count } = await db().eval.updateMany({
    where: { id, userId, deletedAt: null },
    data: { judge, updatedAt: new Date(), ...(title !== undefined && { title: cleanText(title) }) },
  })
  return count === 1
}

/** Deletes softly, and ends what runs. False when there is none. */
export async function hideEval(id: string, userId: string, now = new Date()): Promise<boolean> {
  const { count } = await db().eval.updateMany({ where: { id, userId, deletedAt: null }, data: { deletedAt: now } })
  if (count === 0) return false
  await db().evalRun.updateMany({
    where: { evalId: id, state: "running" },
    data: { state: "paused", run: { increment: 1 } },
  })
  return true
}

/** Brings a deleted eval back. False when there is none. */
export async function returnEval(id: string, userId: string): Promise<boolean> {
  const { count } = await db().eval.updateMany({
    where: { id, userId, deletedAt: { not: null } },
    data: { deletedAt: null, updatedAt: new Date() },
  })
  return count === 1
}

/** Removes for good what was deleted before then, runs included. Returns how many. */
export async function purgeEvals(before: Date): Promise<number> {
  const evals = await db().eval.deleteMany({ where: { deletedAt: { lt: before } } })
  const runs = await db().evalRun.deleteMany({ where: { deletedAt: { lt: before } } })
  return evals.count + runs.count
}

/** In their order. The caller has checked the owner. */
export const casesOf = (evalId: string): Promise<CaseRecord[]> =>
  db().evalCase.findMany({ where: { evalId }, orderBy: [{ position: "asc" }, { id: "asc" }] })

/** How many cases each of these evals has. */
export async function caseCounts(evalIds: string[]): Promise<Map<string, number>> {
  const rows = await db().evalCase.groupBy({ by: ["evalId"], where: { evalId: { in: evalIds } }, _count: true })
  return new Map(rows.map(({ evalId, _count }) => [evalId, _count]))
}

export interface StoredCase {
  id: string
  question: string
  system: string
  check: unknown
}

export const caseData = ({ id, question, system, check }: StoredCase) => ({
  ...{ id, question: cleanText(question), system: cleanText(system), check: toJson(check) },
})

/**
 * Changes cases that are there, adds the others before the case `before` (at the end when there is none), and removes some.
 * "full": there would be more than `most`, and nothing is changed.
 */
export function changeCases(
  evalId: string,
  userId: string,
  { put, remove, before, most }: { put: StoredCase[]; remove: string[]; before: string | null; most: number },
): Promise<"changed" | "not_there" | "full"> {
  return db().$transaction(async (client) => {
    // Writing first: on PostgreSQL it locks the row, on SQLite the database.
    const { count } = await client.eval.updateMany({
      where: { id: evalId, userId, deletedAt: null },
      data: { updatedAt: new Date() },
    })
    if (count === 0) return "not_there"
    const there = await client.evalCase.findMany({ where: { evalId }, select: { id: true, position: true } })
    const known = new Set(there.map(({ id }) => id))
    const gone = new Set(remove.filter((id) => known.has(id)))
    const fresh = put.filter(({ id }) => !known.has(id))
    if (there.length - gone.size + fresh.length > most) return "full"
    await client.evalCase.deleteMany({ where: { evalId, id: { in: [...gone] } } })
    const next = there.find(({ id }) => id === before)
    let position = (next ? next.position : Math.max(-1, ...there.map((one) => one.position)) + 1) - 1
    if (next)
      await client.evalCase.updateMany({
        where: { evalId, position: { gte: next.position } },
        data: { position: { increment: fresh.length } },
      })
    await client.evalCase.createMany({
      data: fresh.map((one) => ({ ...caseData(one), evalId, position: ++position })),
    })
    for (const one of put.filter(({ id }) => known.has(id))) {
      const { id, ...data } = caseData(one)
      await client.evalCase.updateMany({ where: { evalId, id }, data })
    }
    return "changed"
  })
}
