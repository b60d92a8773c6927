/** What a kind of job is. */
import type { z } from "zod"

export interface JobRun<Payload> {
  jobId: string
  /** Whose it is; null: the server's own. */
  userId: string | null
  payload: Payload
  /** 1 for the first. */
  attempt: number
  /** Aborts when it is cancelled, its lease is lost, or the process ends. */
  signal: AbortSignal
  /** How much is done, from 0 to 1; stored with the next lease. */
  progress(done: number): void
}

export interface JobKind<Schema extends z.ZodType = z.ZodType> {
  name: string
  payload: Schema
  /** How many times it is begun at most. */
  attempts: number
  /** Of what takes hours there are places of their own, so that nothing short waits behind it. */
  lane?: "long"
  /** May be begun again after a crash in its middle: it does each thing once, or doing it twice is no harm. */
  run(run: JobRun<z.output<Schema>>): Promise<void>
}

/** Types a kind of job by its own schema. */
export const defineJob = <Schema extends z.ZodType>(kind: JobKind<Schema>): JobKind<Schema> => kind
