/** What the operator chose on the administration page: a row for each setting that isn't left to the environment. */
import { toJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"

/** All of them, by key. */
export async function storedSettings(): Promise<Record<string, unknown>> {
  const rows = await db().setting.findMany()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** Keeps a setting; undefined leaves it to the environment again. */
export async function storeSetting(client: Transaction, key: string, value: unknown): Promise<void> {
  await client.setting.deleteMany({ where: { key } })
  if (value !== undefined) await client.setting.create({ data: { key, value: toJson(value) } })
}
