/** Workers with counters like those of the server: `node --import tsx worker-metrics.fixture.ts PORT COUNT`. */
import cluster from "node:cluster"
import { createServer } from "node:http"
import { countAttempt, startMeters } from "@/lib/observe/meters"
import { scrape } from "@/lib/observe/scrape"
import { joinSiblings, siblings } from "@/lib/observe/siblings"
import { supervise } from "@/lib/server/workers.mjs"

const [port = 0, count = 1] = process.argv.slice(2).map(Number)

if (cluster.isPrimary) void supervise(count)
else void serve()

async function serve(): Promise<void> {
  const { registry } = await startMeters()
  await joinSiblings(registry)
  const server = createServer(async (request, response) => {
    if (request.url === "/count") countAttempt(200)
    // Simulates a worker with a blocked event loop.
    if (request.url === "/stuck")
      return void response.end(String(process.pid), () => process.kill(process.pid, "SIGSTOP"))
    response.end(request.url === "/metrics" ? (await scrape())?.text : String(process.pid))
  })
  process.on("message", async (message) => {
    if (message !== "retire") return
    server.close()
    await siblings().leave?.()
    process.exit(0)
  })
  process.on("SIGTERM", () => process.exit(0))
  server.listen(port, "127.0.0.1", () => process.send?.("ready"))
}
