/** The other end of the pool: what a worker thread, or a process, does with what it is sent. */
import { setPriority } from "node:os"
import { parentPort } from "node:worker_threads"
import { AppError } from "@/lib/http/errors"
import { ownClock } from "@/lib/work/processor-time"

/** What a worker thread says of an error: an `AppError` is one at the other end, too. */
const wire = (error: unknown) =>
  error instanceof AppError
    ? { key: error.key, sentence: error.sentence, message: error.message, details: error.details }
    : { message: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }

type Load = () => Promise<(...args: never[]) => unknown>

/** What is done here can wait: the thread that serves everybody is to have a processor first. */
const NICENESS = 10

interface Port {
  on(event: "message", hear: (message: { name: string; args: unknown[] }) => void): unknown
  send(message: object): void
}

/** Where requests come from. A process whose parent has gone goes as well. */
function portOf(): Port {
  if (parentPort) return { on: parentPort.on.bind(parentPort), send: (message) => parentPort?.postMessage(message) }
  process.on("disconnect", () => process.exit())
  return { on: process.on.bind(process), send: (message) => void process.send?.(message) }
}

/** Answers each request for one of these tasks, one after the other. */
export function serve(tasks: Record<string, Load>): void {
  // Only on Linux is this the thread's own; elsewhere it would be the whole process.
  if (process.platform === "linux") setPriority(0, NICENESS)
  const clock = ownClock()
  const port = portOf()
  port.on("message", async ({ name, args }) => {
    try {
      const run = await tasks[name]?.()
      if (!run) throw new Error(`there is no task ${name}`)
      // Its time runs from here: the loading of its code is not its own.
      port.send({ began: true, clock })
      port.send({ value: await Reflect.apply(run, null, args) })
    } catch (error) {
      port.send({ error: wire(error) })
    }
  })
}
