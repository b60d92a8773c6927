/** A process that brings the database of its argument up to this version, once it is told to. */
import { migrate } from "@/lib/db/migrate"

process.on("message", async () => {
  const [, , url = ""] = process.argv
  process.send?.(await migrate(url))
  process.disconnect?.()
})
process.send?.("ready")
