/** Messages between the page and the sandbox's frame, over one port. Both sides validate with these schemas. */
import { z } from "zod"
import { MAX_FILES, MAX_PRINTED_CHARS, MAX_SAID } from "@/lib/sandbox/limits"

const name = z.string().min(1).max(255)
const file = z.object({ name, bytes: z.instanceof(Uint8Array) })
export type SandboxFile = z.infer<typeof file>

/** An operator's wheel; the URL is relative to the sandbox. */
const wheel = z.object({ url: z.string(), modules: z.array(z.string()) })

export const runSchema = z.object({
  type: z.literal("run"),
  language: z.enum(["javascript", "python"]),
  code: z.string().max(200_000),
  files: z.array(file).max(100),
  /** Milliseconds, counted from the first line of the code. */
  timeMs: z.number().int().min(1).max(600_000),
  /** Memory limit of the interpreter. */
  memoryBytes: z.number().int().min(1_000_000),
})
export type Run = z.infer<typeof runSchema>

const text = z.string().max(MAX_PRINTED_CHARS + 1_000)

export const outcomeSchema = z.object({
  printed: text,
  value: text.optional(),
  error: text.optional(),
  files: z.array(file).max(MAX_FILES),
  charts: z.array(z.record(z.string().max(100), z.json())).max(8),
  tookMs: z.number().min(0),
  /** The whole output, if the texts above contain only its beginning. */
  whole: z.string().max(MAX_SAID).optional(),
  /** Some output was discarded. */
  cut: z.boolean(),
})
export type Outcome = z.infer<typeof outcomeSchema>

/**
 * `late`: timed out. `unreachable`: the interpreter can't be downloaded or started. `broken`: it crashed while running
 * the code.
 */
export const fromFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  /** `loading`: the interpreter is being downloaded. */
  z.object({ type: z.literal("stage"), stage: z.enum(["loading", "running"]) }),
  z.object({ type: z.literal("done"), outcome: outcomeSchema }),
  z.object({
    type: z.literal("ended"),
    reason: z.enum(["late", "unreachable", "broken"]),
    detail: z.string().max(2_000),
  }),
])
export type FromFrame = z.infer<typeof fromFrameSchema>

/** Messages from a worker to its frame. */
export const fromWorkerSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("running") }),
  /** Output since the last of these messages; its last lines may be missing. */
  z.object({ type: z.literal("printed"), text: z.string().max(MAX_SAID) }),
  z.object({ type: z.literal("done"), outcome: outcomeSchema }),
  z.object({ type: z.literal("broken"), detail: z.string() }),
])

/** Messages from a frame to its worker. */
export interface ToWorker extends Omit<Run, "type" | "timeMs"> {
  timeMs: number
  /** Base URL of the interpreter's files, with a trailing slash. */
  base: string
  /** The JavaScript interpreter. */
  wasm: ArrayBuffer | null
  wheels: z.infer<typeof wheel>[]
}
export const wheelsSchema = z.array(wheel)
