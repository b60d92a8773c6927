/** Messages that were sent while an answer was being written, in the order in which they will go. */

import { type PageStorage, readJson } from "@/components/base/storage"
import type { Sending } from "@/components/draft/draft"
import { isTextFile } from "@/components/draft/draft-kept"
import type { ImageInfo } from "@/lib/images/types"
import { isRecord } from "@/lib/is-record"
import type { OutputRequest } from "@/lib/messages/types"

/** A message that waits. Its ids are made once, so that two tabs that send it make one message. */
export interface QueuedTurn extends Sending {
  id: string
  responseId: string
  output: OutputRequest | null
  /** The models that it is asked of at once. */
  compare?: { model: string; responseId: string }[]
}

// Guards by hand: a schema library would be the largest part of the empty page.
const isImage = (value: unknown): value is ImageInfo =>
  isRecord(value) && ["id", "url", "mediaType", "name"].every((key) => typeof value[key] === "string")
const isAsked = (value: unknown) =>
  isRecord(value) && typeof value.model === "string" && typeof value.responseId === "string"
/** Kept before there were files of text, it has none. */
const isTurn = (value: unknown): value is Omit<QueuedTurn, "files"> & { files?: unknown } =>
  isRecord(value) &&
  ["id", "responseId", "text"].every((key) => typeof value[key] === "string") &&
  Array.isArray(value.images) &&
  value.images.every(isImage) &&
  (value.compare === undefined || (Array.isArray(value.compare) && value.compare.every(isAsked)))

const withFiles = (turn: Omit<QueuedTurn, "files"> & { files?: unknown }): QueuedTurn => ({
  ...turn,
  files: Array.isArray(turn.files) ? turn.files.filter(isTextFile) : [],
})

/** Kept in the browser until the server has them: a reload or another tab of the same conversation sees the same. */
export class MessageQueue {
  private turns: QueuedTurn[] = []
  /** On its way to the server: does not show as waiting, and is kept until it has arrived. */
  private underway: QueuedTurn | null = null
  private storage: PageStorage | null = null
  private readonly key: string

  constructor(
    conversationId: string,
    private readonly onChange: (turns: QueuedTurn[]) => void,
  ) {
    this.key = `sparkler:queue:${conversationId}`
  }

  get first(): QueuedTurn | undefined {
    return this.turns[0]
  }

  /** Reads what was kept and hears what other tabs do with it. Returns how to leave. */
  load(storage: PageStorage, target: Pick<EventTarget, "addEventListener" | "removeEventListener">): () => void {
    this.storage = storage
    this.read()
    const heard = (event: Event) => {
      if (!("key" in event) || event.key === this.key || event.key === null) this.read()
    }
    target.addEventListener("storage", heard)
    return () => target.removeEventListener("storage", heard)
  }

  add(turn: QueuedTurn): void {
    this.set([...this.turns, turn])
  }

  /** Puts a message before all others. */
  putFirst(turn: QueuedTurn): void {
    if (this.underway?.id === turn.id) this.underway = null
    this.set([turn, ...this.turns.filter(({ id }) => id !== turn.id)])
  }

  /** Takes one out; undefined when it is gone, perhaps by another tab. */
  take(id: string): QueuedTurn | undefined {
    const turn = this.turns.find((waiting) => waiting.id === id)
    if (turn) this.set(this.turns.filter((waiting) => waiting !== turn))
    return turn
  }

  /** What was taken is being sent: a page that is left before it arrived has it again. */
  sends(turn: QueuedTurn): void {
    this.underway = turn
    this.set(this.turns)
  }

  /** The server has what was sent, or has refused it. */
  arrived(): void {
    if (!this.underway) return
    this.underway = null
    this.set(this.turns)
  }

  /** Lets go of what the conversation holds already. */
  forget(messageIds: ReadonlySet<string>): void {
    if (this.turns.some(({ id }) => messageIds.has(id))) this.set(this.turns.filter(({ id }) => !messageIds.has(id)))
  }

  private read(): void {
    const kept = this.storage && readJson(this.storage, this.key)
    const turns = Array.isArray(kept) ? kept.filter(isTurn).map(withFiles) : []
    this.turns = turns.filter(({ id }) => id !== this.underway?.id)
    this.onChange(this.turns)
  }

  private set(turns: QueuedTurn[]): void {
    this.turns = turns
    const kept = this.underway ? [this.underway, ...turns] : turns
    if (kept.length === 0) this.storage?.removeItem(this.key)
    else this.storage?.setItem(this.key, JSON.stringify(kept))
    this.onChange(turns)
  }
}
