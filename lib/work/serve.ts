/** The other end of the pool: how a worker thread, or a process, handles requests. */
import { setPriority } from "node:os"
import { parentPort } from "node:worker_threads"
import { AppError } from "@/lib/http/errors"
import { ownClock } from "@/lib/work/processor-time"

/** The serialized form of an error: an `AppError` becomes one at the other end, too. */
const wire = (error: unknown) =>
  error instanceof AppError
    ? { key: error.key, sentence: error.sentence, message: error.message, details: error.details }
    : { message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }

type Load = () => Promise<(...args: never[]) => unknown>

/** Work here can wait: the thread that serves everyone should get the CPU first. */
const NICENESS = 10

interface Port {
  on(event: "message", hear: (message: { name: string; args: unknown[] }) => void): unknown
  send(message: object): void
}

/** The source of requests. A process exits when its parent has gone. */
function portOf(): Port {
  if (parentPort) return { on: parentPort.on.bind(parentPort), send: (message) => parentPort?.postMessage(message) }
  process.on("disconnect", () => process.exit())
  return { on: process.on.bind(process), send: (message) => void process.send?.(message) }
}

/** Handles requests for these tasks, one after the other. */
export function serve(tasks: Record<string, Load>): void {
  // Per thread only on Linux; elsewhere it would affect the whole process.
  if (process.platform === "linux") setPriority(0, NICENESS)
  const clock = ownClock()
  const port = portOf()
  port.on("message", async ({ name, args }) => {
    try {
      const run = await tasks[name]?.()
      if (!run) throw new Error(`unknown task ${name}`)
      // Its time starts here: loading its code doesn't count.
      port.send({ began: true, clock })
      port.send({ value: await Reflect.apply(run, null, args) })
    } catch (error) {
      port.send({ error: wire(error) })
    }
  })
}
