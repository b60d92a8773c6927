/** Parts as stored and shared: read leniently, since an older or newer version may have written them. */
import { z } from "zod"
import { omissionSchema } from "@/lib/ai/refusals/told"
import { alternativesSchema } from "@/lib/messages/alternatives"
import { callNewsSchema } from "@/lib/messages/call-news"
import { storedChangeSchema } from "@/lib/messages/change.types"
import { storedEditsSchema } from "@/lib/messages/edits.types"
import { noteSchema } from "@/lib/messages/notes"
import { storedRepairSchema } from "@/lib/messages/repair.types"
import { storedSourcesSchema } from "@/lib/messages/sources.types"
import { sentenceMetadata, type ToolFault } from "@/lib/messages/tool-fault"
import { type ChatMessage, documentPartSchema } from "@/lib/messages/types"

export type MessageParts = ChatMessage["parts"]
type Part = MessageParts[number]

const toolStates = [
  "input-streaming",
  "input-available",
  "approval-requested",
  "approval-responded",
  "output-available",
  "output-error",
  "output-denied",
] as const

const text = z.looseObject({ text: z.string() })
const call = z.looseObject({ toolCallId: z.string(), state: z.enum(toolStates) })

/**
 * Where a message's file may be: on our server, in the message itself, or in the browser that attaches it. Nowhere
 * else.
 */
const OWN_FILE = /^(\/api\/images\/|data:image\/(png|jpeg|webp|gif|avif);|blob:)/

/** The members that this application reads, by part type: a lookup, because a union would try all of them. */
const SHAPES = new Map<string, z.ZodType>([
  ["text", text],
  ["reasoning", text],
  ["file", z.looseObject({ url: z.string().regex(OWN_FILE), mediaType: z.string() })],
  ["dynamic-tool", call.extend({ toolName: z.string() })],
  ["step-start", z.looseObject({})],
  ["data-summary", z.looseObject({ data: z.looseObject({}) })],
  ["data-served", z.looseObject({ data: z.looseObject({ model: z.string() }) })],
  ["data-left-out", z.looseObject({ data: omissionSchema })],
  ["data-call", z.looseObject({ data: callNewsSchema })],
  ["data-away", z.looseObject({ data: z.looseObject({ servers: z.array(z.string()) }) })],
  ["data-steer", z.looseObject({ data: noteSchema })],
  ["data-change", z.looseObject({ data: storedChangeSchema })],
  ["data-edits", z.looseObject({ data: storedEditsSchema })],
  ["data-sources", z.looseObject({ data: storedSourcesSchema })],
  ["data-repair", z.looseObject({ data: storedRepairSchema })],
  ["data-alternatives", z.looseObject({ data: alternativesSchema })],
  ["data-document", z.looseObject({ data: documentPartSchema })],
  [
    "data-text-file",
    z.looseObject({ data: z.looseObject({ name: z.string(), mediaType: z.string(), text: z.string() }) }),
  ],
])

function isPart(value: unknown): value is Part {
  if (typeof value !== "object" || value === null || !("type" in value) || typeof value.type !== "string") return false
  const shape = SHAPES.get(value.type) ?? (value.type.startsWith("tool-") ? call : undefined)
  return shape?.safeParse(value).success ?? false
}

/** The parts in a JSON value. Parts that this version doesn't know are left out; never throws. */
export function parseParts(value: unknown): MessageParts {
  if (!Array.isArray(value)) return []
  return value.flatMap((item) => parsePart(item) ?? [])
}

/** A value as a part; null if this version doesn't know it. */
export function parsePart(value: unknown): Part | null {
  const part = withInput(value)
  return isPart(part) ? part : null
}

const failedCall = z.looseObject({
  state: z.literal("output-error"),
  rawInput: z.unknown(),
  input: z.unknown().optional(),
})

/** The SDK, and older rows, store the input of a failed call as `rawInput`: that name is being phased out. */
function withInput(item: unknown): unknown {
  if (typeof item !== "object" || item === null || !("rawInput" in item)) return item
  const call = failedCall.safeParse(item)
  if (!call.success || call.data.rawInput === undefined) return item
  const { rawInput, ...part } = call.data
  return { ...part, input: part.input ?? rawInput }
}

interface Closing {
  /** Why calls have no result. */
  reason: ToolFault
  /** The same for calls that the user was asked about but didn't approve; `reason` if omitted. */
  unanswered?: ToolFault
  /** Calls that stay open. */
  keep?: (part: CallPart) => boolean
}

export type CallPart = Extract<Part, { toolCallId: string }>

export const toolNameIn = (part: CallPart): string =>
  part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)

/**
 * Closes a message whose writer is gone: streaming text counts as done, unfinished tool calls get an error, so that
 * later turns work (every model server refuses a call without a result).
 */
export function closeParts(parts: MessageParts, how: Closing): MessageParts {
  const changes = parts.map((part) => closing(part, how))
  if (changes.every((change) => change === null)) return parts
  return parseParts(parts.map((part, index) => ({ ...part, ...changes[index] })))
}

/** What to change in a part; null if it is closed already. */
function closing(part: MessageParts[number], { reason, unanswered = reason, keep }: Closing) {
  if (part.type === "text" || part.type === "reasoning") return part.state === "streaming" ? { state: "done" } : null
  if (!("toolCallId" in part)) return null
  if (part.state.startsWith("output") || keep?.(part)) return null
  const { text, sentence } = part.state === "approval-requested" ? unanswered : reason
  const resultProviderMetadata = sentenceMetadata(sentence)
  return {
    state: "output-error",
    input: part.input ?? {},
    errorText: text,
    ...(resultProviderMetadata && { resultProviderMetadata }),
  }
}
