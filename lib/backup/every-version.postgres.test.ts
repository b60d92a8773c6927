import { everyVersionCases } from "@/lib/backup/every-version.cases"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"

const first = await emptyPostgres()
await first?.drop()
if (!first) withoutPostgres()
else
  everyVersionCases("postgresql:", async () => {
    const made = await emptyPostgres()
    if (!made) throw new Error("PostgreSQL is gone")
    return made
  })
