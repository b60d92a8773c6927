/** What the page and the frame of the sandbox say to each other, over one port. Each side reads the other's words by these. */
import { z } from "zod"
import { MOST_FILES, MOST_PRINTED, MOST_SAID } from "@/lib/sandbox/limits"

const name = z.string().min(1).max(255)
const file = z.object({ name, bytes: z.instanceof(Uint8Array) })
export type SandboxFile = z.infer<typeof file>

/** A wheel of the operator's, by its address below the sandbox. */
const wheel = z.object({ url: z.string(), modules: z.array(z.string()) })

export const runSchema = z.object({
  type: z.literal("run"),
  language: z.enum(["javascript", "python"]),
  code: z.string().max(200_000),
  files: z.array(file).max(100),
  /** Milliseconds from the first line of the code on. */
  timeMs: z.number().int().min(1).max(600_000),
  /** Bytes that the interpreter may have. */
  memoryBytes: z.number().int().min(1_000_000),
})
export type Run = z.infer<typeof runSchema>

const text = z.string().max(MOST_PRINTED + 1_000)

export const outcomeSchema = z.object({
  printed: text,
  value: text.optional(),
  error: text.optional(),
  files: z.array(file).max(MOST_FILES),
  charts: z.array(z.record(z.string().max(100), z.json())).max(8),
  tookMs: z.number().min(0),
  /** All of the texts, where they are only begun above. */
  whole: z.string().max(MOST_SAID).optional(),
  /** Something is nowhere. */
  cut: z.boolean(),
})
export type Outcome = z.infer<typeof outcomeSchema>

/** `late`: its time was up. `unreachable`: the interpreter can't be fetched or started. `broken`: it ended in the midst of the code. */
export const fromFrameSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  /** `loading`: the interpreter is being fetched. */
  z.object({ type: z.literal("stage"), stage: z.enum(["loading", "running"]) }),
  z.object({ type: z.literal("done"), outcome: outcomeSchema }),
  z.object({
    type: z.literal("ended"),
    reason: z.enum(["late", "unreachable", "broken"]),
    detail: z.string().max(2_000),
  }),
])
export type FromFrame = z.infer<typeof fromFrameSchema>

/** What a worker says to its frame. */
export const fromWorkerSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("running") }),
  /** What the code has printed since the last of these; its last lines may be missing. */
  z.object({ type: z.literal("printed"), text: z.string().max(MOST_SAID) }),
  z.object({ type: z.literal("done"), outcome: outcomeSchema }),
  z.object({ type: z.literal("broken"), detail: z.string() }),
])

/** What a frame says to its worker. */
export interface ToWorker extends Omit<Run, "type" | "timeMs"> {
  timeMs: number
  /** Where the interpreter's files are, with a slash at its end. */
  base: string
  /** Of the interpreter of JavaScript. */
  wasm: ArrayBuffer | null
  wheels: z.infer<typeof wheel>[]
}
export const wheelsSchema = z.array(wheel)
