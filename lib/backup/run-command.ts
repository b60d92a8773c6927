/** The process behind `npm run backup` and similar commands (lib/cli/data.mjs). */
import { runCommand } from "@/lib/backup/command"
import { closeDatabase } from "@/lib/db/client"

const EXPECTED = ["CopyError", "ConfigError", "MigrationError"]

process.umask(0o077)
runCommand(process.argv.slice(2), (line) => console.info(line))
  .catch((error: unknown) => {
    console.error(error instanceof Error && EXPECTED.includes(error.name) ? error.message : error)
    process.exitCode = 1
  })
  .finally(closeDatabase)
