/** The other end of the pool: what a worker thread does with what it is sent. */
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

/** Answers each request for one of these tasks, one after the other. */
export function serve(tasks: Record<string, Load>): void {
  // Only on Linux is this the thread's own; elsewhere it would be the whole process.
  if (process.platform === "linux") setPriority(0, NICENESS)
  const clock = ownClock()
  parentPort?.on("message", async ({ name, args }) => {
    try {
      const run = await tasks[name]?.()
      if (!run) throw new Error(`there is no task ${name}`)
      // Its time runs from here: the loading of its code is not its own.
      parentPort?.postMessage({ began: true, clock })
      parentPort?.postMessage({ value: await Reflect.apply(run, null, args) })
    } catch (error) {
      parentPort?.postMessage({ error: wire(error) })
    }
  })
}
