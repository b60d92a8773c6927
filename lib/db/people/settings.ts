/** What the operator chose on the administration page: a row for each setting that isn't left to the environment. */
import { config } from "@/lib/config"
import { toJson } from "@/lib/db/clean"
import { db, isPostgres, type Transaction } from "@/lib/db/client"

/** All of them, by key. */
export async function storedSettings(client: Transaction = db()): Promise<Record<string, unknown>> {
  const rows = await client.setting.findMany()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** Of all that change settings at once, one goes on; the others wait until its transaction is over. */
export async function lockSettings(client: Transaction): Promise<void> {
  // SQLite has one writer anyway.
  if (isPostgres(config().databaseUrl)) await client.$executeRawUnsafe("SELECT pg_advisory_xact_lock(7013)")
}

/** Keeps a setting; undefined leaves it to the environment again. */
export async function storeSetting(client: Transaction, key: string, value: unknown): Promise<void> {
  await client.setting.deleteMany({ where: { key } })
  if (value !== undefined) await client.setting.create({ data: { key, value: toJson(value) } })
}
