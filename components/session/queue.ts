/** Pure helpers for messages sent while an answer is being written. */
import { v7 as uuidv7 } from "uuid"
import type { AttachedImage } from "@/components/draft/attachment"
import type { Sending } from "@/components/draft/draft"
import { isDocument, isTextFile } from "@/components/draft/draft-kept"
import { isRecord } from "@/lib/is-record"
import type { Comparing, OutputRequest } from "@/lib/messages/types"

/** A queued message. Its ids are generated once, so that two tabs sending it create only one message. */
export interface QueuedTurn extends Sending {
  id: string
  responseId: string
  output: OutputRequest | null
  /** The answer whose model gets this message before its next step. */
  steers?: string
  /** The models to ask in parallel. */
  compare?: { model: string; responseId: string }[]
  /** Which model wrote which answer is hidden. */
  blind?: true
}

/** The models a message is sent to in parallel; none when it goes to a single one. */
export const comparedOf = ({ compare = [], blind }: QueuedTurn): Comparing => ({
  models: compare.map(({ model }) => model),
  ...(blind && { blind }),
})

/** One expected answer per model, in random order when the names are hidden. */
export const askedOf = ({ models, blind }: Comparing): Pick<QueuedTurn, "compare" | "blind"> => {
  if (models.length === 0) return {}
  const compare = (blind ? shuffled(models) : models).map((model) => ({ model, responseId: uuidv7() }))
  return { compare, ...(blind && { blind }) }
}

function shuffled<T>(values: T[]): T[] {
  const all = [...values]
  return values.flatMap(() => all.splice(Math.floor(Math.random() * all.length), 1))
}

/** Ignores the order of the models. */
const outline = ({ models, blind }: Comparing): string => JSON.stringify([[...models].sort(), Boolean(blind)])

/** Whether what is being sent has the same content and goes to the same models. */
export const isSame = (turn: QueuedTurn, sending: Sending, comparing: Comparing): boolean =>
  turn.text === sending.text &&
  turn.images.map(({ id }) => id).join() === sending.images.map(({ id }) => id).join() &&
  JSON.stringify([turn.files, turn.documents]) === JSON.stringify([sending.files, sending.documents]) &&
  outline(comparedOf(turn)) === outline(comparing)

// Handwritten guards: a schema library would be the largest part of the empty page.
const isImage = (value: unknown): value is AttachedImage =>
  isRecord(value) && ["id", "url", "mediaType", "name"].every((key) => typeof value[key] === "string")
const isAsked = (value: unknown) =>
  isRecord(value) && typeof value.model === "string" && typeof value.responseId === "string"
/** Turns stored before text files and documents existed lack these fields. */
type KeptTurn = Omit<QueuedTurn, "files" | "documents"> & { files?: unknown; documents?: unknown }
const isTurn = (value: unknown): value is KeptTurn =>
  isRecord(value) &&
  ["id", "responseId", "text"].every((key) => typeof value[key] === "string") &&
  Array.isArray(value.images) &&
  value.images.every(isImage) &&
  (value.steers === undefined || typeof value.steers === "string") &&
  (value.compare === undefined || (Array.isArray(value.compare) && value.compare.every(isAsked)))

/** Parses a stored queue, skipping damaged entries. */
export const queueOf = (kept: unknown): QueuedTurn[] =>
  Array.isArray(kept)
    ? kept.filter(isTurn).map((turn) => ({
        ...turn,
        files: Array.isArray(turn.files) ? turn.files.filter(isTextFile) : [],
        documents: Array.isArray(turn.documents) ? turn.documents.filter(isDocument) : [],
      }))
    : []
