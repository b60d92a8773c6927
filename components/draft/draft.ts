/**
 * What is being written in one conversation, kept in the browser until the server has accepted it: a store for the
 * composer, and what of it survives a reload.
 */

import type { PageStorage } from "@/components/base/storage"
import { type Readable, Store } from "@/components/base/store"
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

/** `output` is what a new conversation begins with; it is kept with the first change. */
export class DraftStore implements Readable<Draft> {
  private readonly draft: Store<Draft>
  private readonly writer = keptWriter()
  private sending: Sending | null = null
  private storage: PageStorage | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private heir: DraftStore | null = null

  constructor(
    private key: string,
    output: OutputRequest | null = null,
  ) {
    this.draft = new Store<Draft>({ ...EMPTY, output })
  }

  get = (): Draft => this.draft.get()
  subscribe = (listener: () => void): (() => void) => this.draft.subscribe(listener)

  update = (change: (draft: Draft) => Partial<Draft>): void => {
    if (this.heir) this.heir.update(change)
    else this.change(change(this.get()))
  }

  /** Empties the composer for sending. What is handed over stays kept until `accepted` or `giveBack`. */
  take(): Sending {
    const draft = this.get()
    this.sending = { text: draft.text, images: readyImages(draft), files: filesOf(draft) }
    const attachments = draft.attachments.filter(({ image, file }) => !image && !file)
    this.change({ text: EMPTY.text, attachments })
    this.flush()
    return this.sending
  }

  accepted(): void {
    this.sending = null
    this.flush()
  }

  /** The server did not take it: it comes back, before what was written since. */
  giveBack(): void {
    const taken = this.sending
    this.sending = null
    if (taken) this.put(taken)
  }

  /** Puts a message that was taken earlier into the composer again, before what was written since. */
  put({ text, images, files }: Sending): void {
    this.putBefore(text, [...images.map(kept), ...files.map(attachedFile)])
    this.flush()
  }

  /** Gives all that is written to the composer of another conversation, and what is still to come. Nothing stays kept here. */
  handOver(heir: DraftStore): void {
    heir.receive(this.get())
    this.change(EMPTY)
    this.flush()
    this.heir = heir
  }

  /**
   * Goes on with what is being written in another page's draft of the same conversation, and with what is still on its
   * way there. What that page is sending just now stays with it.
   */
  takeOver(before: DraftStore): void {
    if (before.sending || before.heir) return
    const written = before.get()
    clearTimeout(before.timer)
    before.timer = undefined
    // Only one writes what is kept.
    before.storage = null
    before.draft.set(EMPTY)
    before.heir = this
    this.change(written)
    this.flush()
  }

  receive({ text, attachments, output }: Draft): void {
    this.putBefore(text, attachments, { output })
    this.flush()
  }

  /** Reads what was kept, once, after the page has become interactive. */
  load(storage: PageStorage): void {
    if (this.storage) return
    this.storage = storage
    const read = readKept(storage, this.key)
    if (!read) return
    // What was typed before the page became interactive comes behind.
    const output = this.get().output ?? read.output
    this.putBefore(read.text, [...read.images.map(kept), ...read.files.map(attachedFile)], { output })
  }

  /** From now on kept for another conversation: the new one has become one of the server's. */
  moveTo(key: string): void {
    if (key === this.key) return
    if (this.storage) this.writer.write(this.storage, this.key, toKept(EMPTY, null))
    this.key = key
    this.flush()
  }

  /** Writes what is pending at once. */
  flush = (): void => {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.storage) return
    const unkept = !this.writer.write(this.storage, this.key, toKept(this.get(), this.sending))
    if (unkept !== this.get().unkept) this.draft.set({ ...this.get(), unkept })
  }

  private putBefore(text: string, attachments: Attachment[], rest: Partial<Draft> = {}): void {
    const draft = this.get()
    this.change({
      ...rest,
      text: [text, draft.text].filter(Boolean).join("\n\n"),
      attachments: [...attachments, ...draft.attachments],
    })
  }

  private change(change: Partial<Draft>): void {
    this.draft.set({ ...this.get(), ...change })
    this.timer ??= setTimeout(this.flush, WRITE_AFTER_MS)
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
