/**
 * The file of a recorded turn: JSON, one value a line (NDJSON). The first line is its head, the others are what happened,
 * with the milliseconds since the run began. README's “Recordings” describes it for other programs. Safe on both sides; pure.
 */
import { z } from "zod"

export const FORMAT = "sparkler-recording"
export const VERSION = 1
/** Ending of the files. */
export const ENDING = ".ndjson"

/** Bytes of a file that is read, and its lines. Pictures included, a turn has less. */
export const MOST_FILE_BYTES = 64_000_000
export const MOST_LINES = 200_000
/** A day: what a turn can't take. Later moments count as this one. */
export const MOST_MS = 86_400_000

/** Negative times are none, and so is a year. */
const at = z.number().transform((ms) => Math.min(Math.max(ms, 0), MOST_MS))
const whole = z.int().min(0)
const short = z.string().max(2_000)
const status = z.int().min(100).max(599)

const picture = z.object({
  /** Hexadecimal, of its bytes as they were sent; in the requests `sha256:…` stands in its place. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string().max(100),
  bytes: whole,
  /** As the person's file is called, where that is known. */
  name: short.optional(),
})
export type RecordedPicture = z.output<typeof picture>

const head = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  savedAt: short,
  /** Versions of what recorded it. */
  sparkler: short,
  node: short,
  /** The model that was asked, and its server's address. */
  model: z.string().max(300),
  server: short,
  question: z.object({ text: z.string().max(10_000_000), files: z.array(short).max(1_000) }),
  pictures: z.array(picture).max(1_000),
  /** How often something was taken out. */
  removed: z.object({ keys: whole, links: whole, emails: whole }),
})
export type RecordingHead = z.output<typeof head>

const messageChunk = z.looseObject({ type: z.string().max(100) })

const event = z.discriminatedUnion("type", [
  /** A model begins to write the answer; several, where it was continued. Moments count from here. */
  z.object({ type: z.literal("run"), at, startedAt: short }),
  /** `sameMessages`: so many first messages are those of the request before, and are left out. */
  z.object({
    ...{ type: z.literal("request"), at, number: whole, url: short },
    ...{ body: z.record(z.string(), z.unknown()), sameMessages: whole },
  }),
  z.object({ type: z.literal("response"), at, number: whole, status, headers: z.record(short, short) }),
  /** What arrived at once of an answer, or all that is kept of a refusal. */
  z.object({ type: z.literal("data"), at, number: whole, text: z.string() }),
  /** `error`: the connection broke. */
  z.object({ type: z.literal("end"), at, number: whole, error: short.optional() }),
  /** What the page was sent: UI message chunks of the AI SDK, tools' calls and results among them. */
  z.object({ type: z.literal("chunks"), at, chunks: z.array(messageChunk).max(10_000) }),
  /** More came than is kept. */
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
/** As a line of the file has it. */
export type RecordingLine = z.input<typeof event>

export const readHead = (value: unknown): RecordingHead | null => head.safeParse(value).data ?? null
export const readEvent = (value: unknown): RecordingEvent | null => event.safeParse(value).data ?? null
