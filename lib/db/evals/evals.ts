/** Stored evals and their cases. Every query includes the owner. */
import { cleanText, toJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Eval, EvalCase } from "@/lib/db/generated/sqlite/client"

export type EvalRecord = Eval
export type CaseRecord = EvalCase

const MAX_LISTED = 500

/** The user's evals, most recently changed first. */
export const evalsOf = (userId: string): Promise<EvalRecord[]> =>
  db().eval.findMany({ where: { userId, deletedAt: null }, orderBy: { updatedAt: "desc" }, take: MAX_LISTED })

/** An eval of this user; null if there is none, or it is deleted. */
export const findEval = (id: string, userId: string): Promise<EvalRecord | null> =>
  db().eval.findFirst({ where: { id, userId, deletedAt: null } })

export const countEvals = (client: Transaction, userId: string): Promise<number> =>
  client.eval.count({ where: { userId, deletedAt: null } })

/** Creates an eval without cases. Fails if the ID is taken. */
export async function createEval(
  client: Transaction,
  { title, ...rest }: Pick<EvalRecord, "id" | "userId" | "title" | "judge">,
): Promise<void> {
  await client.eval.create({ data: { ...rest, title: cleanText(title) }, select: { id: true } })
}

/** False if there is none. */
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

/** Soft-deletes, and ends what is running. False if there is none. */
export async function softDeleteEval(id: string, userId: string, now = new Date()): Promise<boolean> {
  const { count } = await db().eval.updateMany({ where: { id, userId, deletedAt: null }, data: { deletedAt: now } })
  if (count === 0) return false
  await db().evalRun.updateMany({
    where: { evalId: id, state: "running" },
    data: { state: "paused", run: { increment: 1 } },
  })
  return true
}

/** Restores a deleted eval. False if there is none. */
export async function undeleteEval(id: string, userId: string): Promise<boolean> {
  const { count } = await db().eval.updateMany({
    where: { id, userId, deletedAt: { not: null } },
    data: { deletedAt: null, updatedAt: new Date() },
  })
  return count === 1
}

/** Permanently removes those deleted before then, including runs. Returns how many. */
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
 * Changes existing cases, adds the others before the case `before` (at the end if there is none), and removes some.
 * "full": there would be more than `most`, and nothing is changed.
 */
export function changeCases(
  evalId: string,
  userId: string,
  { put, remove, before, most }: { put: StoredCase[]; remove: string[]; before: string | null; most: number },
): Promise<"changed" | "not_there" | "full"> {
  return db().$transaction(async (client) => {
    // Writes first: on PostgreSQL this locks the row, on SQLite the database.
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
