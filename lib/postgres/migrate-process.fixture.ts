/** A process that migrates the database in its argument to this version, when told to. */
import { migrate } from "@/lib/db/migrate"

process.on("message", async () => {
  const [, , url = ""] = process.argv
  process.send?.(await migrate(url))
  process.disconnect?.()
})
process.send?.("ready")
