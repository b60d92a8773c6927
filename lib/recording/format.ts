/**
 * The file format of a recorded turn: NDJSON, one JSON value per line. The first line is the header, the others are
 * events, with milliseconds since the start of the run. README's “Recordings” documents it for other programs. Safe on
 * both sides; pure.
 */
import { z } from "zod"

export const FORMAT = "sparkler-recording"
export const VERSION = 1
/** File name extension. */
export const ENDING = ".ndjson"

/** Maximum size in bytes and maximum number of lines of a file. Even with pictures, a turn has less. */
export const MAX_FILE_BYTES = 64_000_000
export const MAX_LINES = 200_000
/** A day: longer than any turn. Later times are clamped to it. */
export const MAX_MS = 86_400_000

/** Clamps negative and excessive times. */
const at = z.number().transform((ms) => Math.min(Math.max(ms, 0), MAX_MS))
const whole = z.int().min(0)
const short = z.string().max(2_000)
const status = z.int().min(100).max(599)

const picture = z.object({
  /** Hex digest of the bytes as sent; requests contain `sha256:…` instead of them. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string().max(100),
  bytes: whole,
  /** The file name given by the user, if known. */
  name: short.optional(),
})
export type RecordedPicture = z.output<typeof picture>

const head = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  savedAt: short,
  /** Versions of the recording software. */
  sparkler: short,
  node: short,
  /** The requested model, and its server's URL. */
  model: z.string().max(300),
  server: short,
  question: z.object({ text: z.string().max(10_000_000), files: z.array(short).max(1_000) }),
  pictures: z.array(picture).max(1_000),
  /** How many items were redacted. */
  removed: z.object({ keys: whole, links: whole, emails: whole }),
})
export type RecordingHead = z.output<typeof head>

const messageChunk = z.looseObject({ type: z.string().max(100) })

const event = z.discriminatedUnion("type", [
  /** A model starts writing the answer; there are several if it was continued. Times count from here. */
  z.object({ type: z.literal("run"), at, startedAt: short }),
  /** `sameMessages`: how many initial messages are the same as in the previous request, and omitted. */
  z.object({
    ...{ type: z.literal("request"), at, number: whole, url: short },
    ...{ body: z.record(z.string(), z.unknown()), sameMessages: whole },
  }),
  z.object({ type: z.literal("response"), at, number: whole, status, headers: z.record(short, short) }),
  /** A chunk of a response, or all that is kept of an error response. */
  z.object({ type: z.literal("data"), at, number: whole, text: z.string() }),
  /** `error`: the connection broke. */
  z.object({ type: z.literal("end"), at, number: whole, error: short.optional() }),
  /** What the page received: UI message chunks of the AI SDK, including tool calls and results. */
  z.object({ type: z.literal("chunks"), at, chunks: z.array(messageChunk).max(10_000) }),
  /** The size limit was reached; the rest is missing. */
  z.object({ type: z.literal("cut"), at }),
  /** The bytes of a picture in base64. */
  z.object({ type: z.literal("picture"), sha256: picture.shape.sha256, data: z.string() }),
  /** The last line. */
  z.object({
    ...{ type: z.literal("finish"), at, status: short },
    ...{ finishReason: short.optional(), usage: z.record(short, z.unknown()).optional() },
  }),
])
export type RecordingEvent = z.output<typeof event>
/** An event as written in the file. */
export type RecordingLine = z.input<typeof event>

export const readHead = (value: unknown): RecordingHead | null => head.safeParse(value).data ?? null
export const readEvent = (value: unknown): RecordingEvent | null => event.safeParse(value).data ?? null
