/**
 * What is being written in one conversation, kept in the browser until the server has accepted it: a store for the
 * composer, and what of it survives a reload.
 */
import type { ImageInfo, OutputRequest } from "@/lib/chat/types"

/** An image on its way into a message. */
export interface Attachment {
  key: string
  name: string
  state: "uploading" | "ready" | "failed"
  /** Object URL of the file while this page lives; null after a reload. */
  preview: string | null
  image: ImageInfo | null
  /** The server's sentence, when it failed. */
  error: string | null
}

export interface Draft {
  text: string
  attachments: Attachment[]
  /** Structured output asked for; stays until it is taken off. */
  output: OutputRequest | null
}

/** What was handed over for sending, until the server has it. */
export interface Sending {
  text: string
  images: ImageInfo[]
}

const EMPTY: Draft = { text: "", attachments: [], output: null }

/** Milliseconds of quiet before a draft is written: a megabyte of text is not stored on each key. */
const WRITE_AFTER_MS = 250

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">

export interface DraftStore {
  get(): Draft
  subscribe(listener: () => void): () => void
  update(change: (draft: Draft) => Partial<Draft>): void
  /** Empties the composer for sending. What is handed over stays kept until `accepted` or `giveBack`. */
  take(): Sending
  accepted(): void
  /** The server did not take it: it comes back, before what was written since. */
  giveBack(): void
  /** Puts a message that was taken earlier into the composer again, before what was written since. */
  put(taken: Sending): void
  /** Reads what was kept, once, after the page has become interactive. */
  load(storage: Storage): void
  /** From now on kept for another conversation: the new one has become one of the server's. */
  moveTo(key: string): void
  /** Writes what is pending at once. */
  flush(): void
}

/** `output` is what a new conversation begins with; it is kept with the first change. */
export function createDraftStore(initialKey: string, output: OutputRequest | null = null): DraftStore {
  let key = initialKey
  let draft: Draft = { ...EMPTY, output }
  let sending: Sending | null = null
  let storage: Storage | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (storage) writeKept(storage, key, toKept(draft, sending))
  }
  const change = (next: Draft) => {
    draft = next
    for (const listener of listeners) listener()
    timer ??= setTimeout(flush, WRITE_AFTER_MS)
  }

  const put = ({ text, images }: Sending) => {
    change({
      ...draft,
      text: [text, draft.text].filter(Boolean).join("\n\n"),
      attachments: [...images.map(kept), ...draft.attachments],
    })
    flush()
  }

  return {
    get: () => draft,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update: (make) => change({ ...draft, ...make(draft) }),
    take: () => {
      sending = { text: draft.text, images: readyImages(draft) }
      change({ ...EMPTY, output: draft.output, attachments: draft.attachments.filter(({ image }) => !image) })
      flush()
      return sending
    },
    accepted: () => {
      sending = null
      flush()
    },
    giveBack: () => {
      const taken = sending
      sending = null
      if (taken) put(taken)
    },
    put,
    load: (from) => {
      if (storage) return
      storage = from
      const read = readKept(from, key)
      if (!read) return
      const images = [...read.images.map(kept), ...draft.attachments]
      // What was typed before the page became interactive comes behind.
      const text = [read.text, draft.text].filter(Boolean).join("\n\n")
      change({ text, attachments: images, output: draft.output ?? read.output })
    },
    moveTo: (next) => {
      if (next === key) return
      if (storage) writeKept(storage, key, toKept(EMPTY, null))
      key = next
      flush()
    },
    flush,
  }
}

const readyImages = ({ attachments }: Draft) => attachments.flatMap(({ image }) => (image ? [image] : []))

const kept = (image: ImageInfo): Attachment => ({
  key: image.id,
  name: image.name,
  state: "ready",
  preview: null,
  image,
  error: null,
})

/** What is stored. */
interface Kept {
  text: string
  images: ImageInfo[]
  output: OutputRequest | null
}

// Guards by hand: a schema library would be the largest part of the empty page.
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null
const isImage = (value: unknown): value is ImageInfo =>
  isRecord(value) &&
  ["id", "url", "mediaType", "name"].every((key) => typeof value[key] === "string") &&
  ["width", "height", "bytes"].every((key) => typeof value[key] === "number")
const isOutput = (value: unknown): value is OutputRequest =>
  isRecord(value) &&
  (value.type === "json" || (value.type === "json_schema" && typeof value.name === "string" && isRecord(value.schema)))
const isKept = (value: unknown): value is Kept =>
  isRecord(value) &&
  typeof value.text === "string" &&
  Array.isArray(value.images) &&
  value.images.every(isImage) &&
  (value.output === null || isOutput(value.output))

function toKept(draft: Draft, sending: Sending | null): Kept {
  return {
    text: [sending?.text, draft.text].filter(Boolean).join("\n\n"),
    images: [...(sending?.images ?? []), ...readyImages(draft)],
    output: draft.output,
  }
}

const storageKey = (key: string) => `sparkler:draft:${key}`

function writeKept(storage: Storage, key: string, value: Kept): void {
  try {
    if (!value.text && value.images.length === 0 && !value.output) storage.removeItem(storageKey(key))
    else storage.setItem(storageKey(key), JSON.stringify(value))
  } catch {
    // No room or no permission to store: the draft lives as long as the page.
  }
}

function readKept(storage: Storage, key: string): Kept | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(storageKey(key)) ?? "null")
    return isKept(value) ? value : null
  } catch {
    return null
  }
}
