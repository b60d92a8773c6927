import pg from "pg"
import { afterAll } from "vitest"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"
import { upgradeCases } from "@/lib/db/upgrade.cases"

const postgres = await emptyPostgres()
if (!postgres) withoutPostgres()
else {
  afterAll(() => postgres.drop())
  upgradeCases("postgresql", async () => {
    const run = async (sql: string) => {
      const client = new pg.Client({ connectionString: postgres.url })
      await client.connect()
      return (await client.query<Record<string, unknown>>(sql).finally(() => client.end())).rows
    }
    return { url: postgres.url, run }
  })
}
