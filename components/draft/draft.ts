/**
 * What is being written in one conversation, kept in the browser until the server has accepted it: a store for the
 * composer, and what of it survives a reload.
 */

import type { PageStorage } from "@/components/base/storage"
import { type Kept, keptWriter, readKept } from "@/components/draft/draft-kept"
import type { ImageInfo } from "@/lib/images/types"
import type { OutputRequest, TextFile } from "@/lib/messages/types"

/** An image or a file of text on its way into a message. */
export interface Attachment {
  key: string
  name: string
  state: "uploading" | "ready" | "failed"
  /** Object URL of the file while this page lives; null after a reload. */
  preview: string | null
  image: ImageInfo | null
  /** A file of text, as soon as it is read. */
  file: TextFile | null
  /** The sentence why, when it failed. */
  error: string | null
  /** What was chosen, while it is on its way or another try may succeed. */
  source: File | null
}

export interface Draft {
  text: string
  attachments: Attachment[]
  /** Structured output asked for; stays until it is taken off. */
  output: OutputRequest | null
  /** The browser has no room to keep all of it: a reload would lose a part. */
  unkept: boolean
}

/** What was handed over for sending, until the server has it. */
export interface Sending {
  text: string
  images: ImageInfo[]
  files: TextFile[]
}

const EMPTY: Draft = { text: "", attachments: [], output: null, unkept: false }

/** Milliseconds of quiet before a draft is written: a megabyte of text is not stored on each key. */
const WRITE_AFTER_MS = 250

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
  /** Gives all that is written to the composer of another conversation, and what is still to come. Nothing stays kept here. */
  handOver(heir: DraftStore): void
  receive(handed: Draft): void
  /** Reads what was kept, once, after the page has become interactive. */
  load(storage: PageStorage): void
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
  let storage: PageStorage | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let inheritor: DraftStore | null = null
  const listeners = new Set<() => void>()
  const writer = keptWriter()

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (!storage) return
    const unkept = !writer.write(storage, key, toKept(draft, sending))
    if (unkept !== draft.unkept) show({ ...draft, unkept })
  }
  const show = (next: Draft) => {
    draft = next
    for (const listener of listeners) listener()
  }
  const change = (next: Draft) => {
    show(next)
    timer ??= setTimeout(flush, WRITE_AFTER_MS)
  }

  const put = ({ text, images, files }: Sending) => {
    change({
      ...draft,
      text: [text, draft.text].filter(Boolean).join("\n\n"),
      attachments: [...images.map(kept), ...files.map(attachedFile), ...draft.attachments],
    })
    flush()
  }

  return {
    get: () => draft,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update: (make) => {
      if (inheritor) inheritor.update(make)
      else change({ ...draft, ...make(draft) })
    },
    take: () => {
      sending = { text: draft.text, images: readyImages(draft), files: filesOf(draft) }
      const rest = draft.attachments.filter(({ image, file }) => !image && !file)
      change({ ...EMPTY, output: draft.output, attachments: rest, unkept: draft.unkept })
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
    handOver: (heir) => {
      heir.receive(draft)
      change(EMPTY)
      flush()
      inheritor = heir
    },
    receive: ({ text, attachments, output }) => {
      change({
        ...draft,
        text: [text, draft.text].filter(Boolean).join("\n\n"),
        attachments: [...attachments, ...draft.attachments],
        output,
      })
      flush()
    },
    load: (from) => {
      if (storage) return
      storage = from
      const read = readKept(from, key)
      if (!read) return
      const attachments = [...read.images.map(kept), ...read.files.map(attachedFile), ...draft.attachments]
      // What was typed before the page became interactive comes behind.
      const text = [read.text, draft.text].filter(Boolean).join("\n\n")
      change({ ...draft, text, attachments, output: draft.output ?? read.output })
    },
    moveTo: (next) => {
      if (next === key) return
      if (storage) writer.write(storage, key, toKept(EMPTY, null))
      key = next
      flush()
    },
    flush,
  }
}

const readyImages = ({ attachments }: Draft) => attachments.flatMap(({ image }) => (image ? [image] : []))

const filesOf = ({ attachments }: Draft) => attachments.flatMap(({ file }) => (file ? [file] : []))

const kept = (image: ImageInfo): Attachment => ({
  key: image.id,
  name: image.name,
  state: "ready",
  preview: null,
  image,
  file: null,
  error: null,
  source: null,
})

/** Names an attachment on this page. */
export const attachmentKey = (): string => crypto.getRandomValues(new Uint32Array(2)).join("-")

/** A file of text as it stands in a draft. */
export const attachedFile = (file: TextFile): Attachment => ({
  key: attachmentKey(),
  name: file.name,
  state: "ready",
  preview: null,
  image: null,
  file,
  error: null,
  source: null,
})

function toKept(draft: Draft, sending: Sending | null): Kept {
  return {
    text: [sending?.text, draft.text].filter(Boolean).join("\n\n"),
    images: [...(sending?.images ?? []), ...readyImages(draft)],
    files: [...(sending?.files ?? []), ...filesOf(draft)],
    output: draft.output,
  }
}
