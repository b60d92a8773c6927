/** The operator's choices on the administration page: a row for each setting that isn't left to the environment. */
import { config } from "@/lib/config"
import { toJson } from "@/lib/db/clean"
import { db, isPostgres, type Transaction } from "@/lib/db/client"

/** All settings, by key. */
export async function storedSettings(client: Transaction = db()): Promise<Record<string, unknown>> {
  const rows = await client.setting.findMany()
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

/** Serializes changes of settings: others wait until this transaction is over. */
export async function lockSettings(client: Transaction): Promise<void> {
  // SQLite has only one writer anyway.
  if (isPostgres(config().databaseUrl)) await client.$executeRawUnsafe("SELECT pg_advisory_xact_lock(7013)")
}

/** Stores a setting; undefined reverts it to the environment. */
export async function storeSetting(client: Transaction, key: string, value: unknown): Promise<void> {
  await client.setting.deleteMany({ where: { key } })
  if (value !== undefined) await client.setting.create({ data: { key, value: toJson(value) } })
}
