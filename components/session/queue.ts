/** Messages that were sent while an answer was being written. Pure. */
import { v7 as uuidv7 } from "uuid"
import type { AttachedImage } from "@/components/draft/attachment"
import type { Sending } from "@/components/draft/draft"
import { isDocument, isTextFile } from "@/components/draft/draft-kept"
import { isRecord } from "@/lib/is-record"
import type { Comparing, OutputRequest } from "@/lib/messages/types"

/** A message that waits. Its ids are made once, so that two tabs that send it make one message. */
export interface QueuedTurn extends Sending {
  id: string
  responseId: string
  output: OutputRequest | null
  /** The answer whose model is to get it before its next step. */
  steers?: string
  /** The models that it is asked of at once. */
  compare?: { model: string; responseId: string }[]
  /** Which of their answers is whose is not told. */
  blind?: true
}

/** The models that a message is asked of at once; none when it goes to one. */
export const comparedOf = ({ compare = [], blind }: QueuedTurn): Comparing => ({
  models: compare.map(({ model }) => model),
  ...(blind && { blind }),
})

/** An answer to ask for of each of these models. Where nothing may tell which is whose, in an order of chance. */
export const askedOf = ({ models, blind }: Comparing): Pick<QueuedTurn, "compare" | "blind"> => {
  if (models.length === 0) return {}
  const compare = (blind ? shuffled(models) : models).map((model) => ({ model, responseId: uuidv7() }))
  return { compare, ...(blind && { blind }) }
}

function shuffled<T>(values: T[]): T[] {
  const all = [...values]
  return values.flatMap(() => all.splice(Math.floor(Math.random() * all.length), 1))
}

/** In whichever order they answer. */
const outline = ({ models, blind }: Comparing): string => JSON.stringify([[...models].sort(), Boolean(blind)])

/** What is sent now says the same, to the same models. */
export const isSame = (turn: QueuedTurn, sending: Sending, comparing: Comparing): boolean =>
  turn.text === sending.text &&
  turn.images.map(({ id }) => id).join() === sending.images.map(({ id }) => id).join() &&
  JSON.stringify([turn.files, turn.documents]) === JSON.stringify([sending.files, sending.documents]) &&
  outline(comparedOf(turn)) === outline(comparing)

// Guards by hand: a schema library would be the largest part of the empty page.
const isImage = (value: unknown): value is AttachedImage =>
  isRecord(value) && ["id", "url", "mediaType", "name"].every((key) => typeof value[key] === "string")
const isAsked = (value: unknown) =>
  isRecord(value) && typeof value.model === "string" && typeof value.responseId === "string"
/** Kept before there were files of text, or documents, it has none. */
type KeptTurn = Omit<QueuedTurn, "files" | "documents"> & { files?: unknown; documents?: unknown }
const isTurn = (value: unknown): value is KeptTurn =>
  isRecord(value) &&
  ["id", "responseId", "text"].every((key) => typeof value[key] === "string") &&
  Array.isArray(value.images) &&
  value.images.every(isImage) &&
  (value.steers === undefined || typeof value.steers === "string") &&
  (value.compare === undefined || (Array.isArray(value.compare) && value.compare.every(isAsked)))

/** What was kept of a queue; what is damaged is left out. */
export const queueOf = (kept: unknown): QueuedTurn[] =>
  Array.isArray(kept)
    ? kept.filter(isTurn).map((turn) => ({
        ...turn,
        files: Array.isArray(turn.files) ? turn.files.filter(isTextFile) : [],
        documents: Array.isArray(turn.documents) ? turn.documents.filter(isDocument) : [],
      }))
    : []
