/** Verdicts on model comparisons, one row each. */
import { toJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"

export interface NewChoice {
  userId: string
  comparisonId: string
  blind: boolean
  /** IDs of the models that gave an answer, without duplicates. */
  models: string[]
  winner: string | null
  outcome: string
}

/** Stores the verdict on a comparison; the latest one counts. */
export function saveModelChoice(client: Transaction, { userId, comparisonId, models, ...rest }: NewChoice) {
  const values = { ...rest, models: toJson(models) }
  return client.modelChoice.upsert({
    where: { userId_comparisonId: { userId, comparisonId } },
    create: { userId, comparisonId, ...values },
    update: values,
  })
}

/**
 * Withdraws a verdict; if `blind` is given, only one that was given with hidden (or shown) names. False if there is
 * none.
 */
export async function takeChoice(client: Transaction, userId: string, comparisonId: string, blind?: boolean) {
  const { count } = await client.modelChoice.deleteMany({
    where: { userId, comparisonId, ...(blind === undefined ? {} : { blind }) },
  })
  return count > 0
}

export const choicesOf = (userId: string) =>
  db().modelChoice.findMany({ where: { userId }, orderBy: { createdAt: "asc" } })

export const deleteModelChoices = (userId: string) => db().modelChoice.deleteMany({ where: { userId } })

/** Adds imported verdicts, each once. */
export async function addChoices(
  userId: string,
  choices: (Omit<NewChoice, "userId"> & { createdAt: string })[],
): Promise<void> {
  for (const { models, createdAt, ...rest } of choices)
    await db().modelChoice.upsert({
      where: { userId_comparisonId: { userId, comparisonId: rest.comparisonId } },
      create: { ...rest, userId, models: toJson(models), createdAt: new Date(createdAt) },
      update: {},
    })
}
