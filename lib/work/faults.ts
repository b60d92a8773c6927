/** How tasks fail, and what a thread or process reports about it. */
import { AppError, type ErrorKey } from "@/lib/http/errors"
import type { Sentence } from "@/lib/i18n/sentence.types"
import type { EndKind } from "@/lib/work/carriers"

export const tooMuchWorkError = (cause: string) => new AppError("work:too_much", { cause })
export const OF_PROCESS = "memory of the process"
const OF_HEAP = "out of memory"

/** Whether a task was ended because of its memory use. */
export const isMemoryFault = (error: unknown): boolean =>
  error instanceof AppError && error.code === "work:too_much" && [OF_PROCESS, OF_HEAP].includes(String(error.cause))

export interface Reply {
  /** The task's code is loaded, and its work starts. */
  began?: boolean
  /** Where to read the thread's CPU time. */
  clock?: string
  value?: unknown
  error?: Thrown
}

interface Thrown {
  /** Of an `AppError`. */
  key?: ErrorKey
  sentence?: Sentence
  details?: Record<string, unknown>
  message: string
}

export const thrown = ({ key, sentence, details, message }: Thrown) =>
  key ? new AppError(key, { ...sentence, details }) : internal(message)

export const internal = (cause: unknown) => new AppError("server:internal", { cause })

/** Sent by our own code at the other end (`serve.ts`). */
export const replyOf = (message: unknown): Reply => Object(message)

export function faultOf(kind: EndKind, error: Error | undefined): AppError {
  if (kind === "memory") return tooMuchWorkError(OF_HEAP)
  return error ? internal(error) : tooMuchWorkError("the worker thread exited")
}
