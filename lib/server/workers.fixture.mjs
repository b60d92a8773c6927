/** Workers that respond with their process ID, slowly on request: `node workers.fixture.mjs PORT COUNT`. */
import cluster from "node:cluster"
import { createServer } from "node:http"
import { createClosing } from "./closing.mjs"
import { supervise } from "./workers.mjs"

const [port, count] = process.argv.slice(2).map(Number)

if (cluster.isPrimary) {
  // Simulates a write to a worker that has just died.
  process.on("SIGUSR2", () => {
    for (const worker of Object.values(cluster.workers)) worker.emit("error", new Error("write EPIPE"))
  })
  await supervise(count)
} else {
  if (process.env.BROKEN) process.exit(7)
  const closing = createClosing()
  const server = createServer((request, response) => {
    closing.watch(response)
    const slow = request.url === "/slow" ? 300 : 0
    setTimeout(() => response.end(String(process.pid)), slow)
  })
  closing.over(server)
  const { state } = closing
  process.on("message", (message) => {
    if (message !== "retire") return
    state.close()
    setInterval(() => state.quiet() && process.exit(0), 10)
  })
  process.on("SIGTERM", () => process.exit(0))
  server.listen(port, "127.0.0.1", () => process.send("ready"))
}
