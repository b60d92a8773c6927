/** The process of `npm run admin` (lib/cli/admin.mjs). */
import { runCommand } from "@/lib/accounts/command"
import { db } from "@/lib/db/client"

const EXPECTED = ["CommandError", "ConfigError"]

runCommand(process.argv.slice(2))
  .then((text) => console.info(text))
  .catch((error: unknown) => {
    console.error(error instanceof Error && EXPECTED.includes(error.name) ? error.message : error)
    process.exitCode = 1
  })
  .finally(() => db().$disconnect())
