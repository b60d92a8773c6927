/** Defines kinds of jobs. */
import type { z } from "zod"

export interface JobRun<Payload> {
  jobId: string
  /** The owner; null: the server itself. */
  userId: string | null
  payload: Payload
  /** 1 for the first. */
  attempt: number
  /** Aborts when the job is canceled, its lease is lost, or the process ends. */
  signal: AbortSignal
  /** Reports how much is done, from 0 to 1; stored with the next lease renewal. */
  progress(done: number): void
}

export interface JobKind<Schema extends z.ZodType = z.ZodType> {
  name: string
  payload: Schema
  /** Maximum number of attempts. */
  attempts: number
  /** Jobs that take hours have their own slots, so that short jobs don't wait behind them. */
  lane?: "long"
  /** May be run again after a crash: it does each thing once, or repeating it does no harm. */
  run(run: JobRun<z.output<Schema>>): Promise<void>
}

/** Types a kind of job by its payload schema. */
export const defineJob = <Schema extends z.ZodType>(kind: JobKind<Schema>): JobKind<Schema> => kind
