/**
 * The draft of one conversation, stored in the browser until the server has accepted it: the composer's store,
 * including what survives a reload.
 */

import { browserStorage, type PageStorage } from "@/components/base/storage"
import { type Readable, Store } from "@/components/base/store"
import {
  type AttachedImage,
  type Attachment,
  attachedDocument,
  attachedFile,
  attachedImage,
  isPendingAttachment,
  pendingUpload,
} from "@/components/draft/attachment"
import { createDraftWriter, type Kept, readKept } from "@/components/draft/draft-kept"
import type { DocumentPart, OutputRequest, TextFile } from "@/lib/messages/types"

export interface Draft {
  text: string
  attachments: Attachment[]
  /** The requested output format; stays until removed. */
  output: OutputRequest | null
  /** The browser has no room to store all of it: a reload would lose some. */
  unkept: boolean
}

/** A message being sent, until the server has it. */
export interface Sending {
  text: string
  images: AttachedImage[]
  documents: DocumentPart[]
  files: TextFile[]
}

const EMPTY: Draft = { text: "", attachments: [], output: null, unkept: false }

/** Milliseconds of inactivity before a draft is written: a megabyte of text is not stored on every keystroke. */
const WRITE_AFTER_MS = 250

/** `output` is the initial format of a new conversation; it is stored with the first change. */
export class DraftStore implements Readable<Draft> {
  private readonly draft: Store<Draft>
  private readonly writer = createDraftWriter()
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

  /** Empties the composer for sending. The message stays stored until `accepted` or `giveBack`. */
  take(): Sending {
    const draft = this.get()
    this.sending = { text: draft.text, ...attachedOf(draft) }
    const attachments = draft.attachments.filter(({ state }) => state !== "ready")
    this.change({ text: EMPTY.text, attachments })
    this.flush()
    return this.sending
  }

  accepted(): void {
    this.sending = null
    this.flush()
  }

  /** The server did not accept it: restores it before anything written since. */
  giveBack(): void {
    const taken = this.sending
    this.sending = null
    if (taken) this.put(taken)
  }

  /** Puts an earlier message back into the composer, before anything written since. */
  put(sending: Sending): void {
    this.putBefore(sending.text, attachmentsOf(sending))
    this.flush()
  }

  /** Moves everything, including uploads in progress, to another conversation's composer. Nothing stays stored here. */
  handOver(heir: DraftStore): void {
    heir.receive(this.get())
    this.change(EMPTY)
    this.flush()
    this.heir = heir
  }

  /**
   * Takes over another page's draft of the same conversation, including its uploads in progress. A message that page is
   * currently sending stays with it.
   */
  takeOver(before: DraftStore): void {
    if (before.sending || before.heir) return
    const written = before.get()
    clearTimeout(before.timer)
    before.timer = undefined
    // Only one of them may write to storage.
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

  /** Whether the draft outlives the page; a temporary conversation's does not. */
  get lasts(): boolean {
    return this.heir ? this.heir.lasts : this.storage === browserStorage
  }

  /** Loads the stored draft, once, after hydration. */
  load(storage: PageStorage): void {
    if (this.storage) return
    this.storage = storage
    const read = readKept(storage, this.key)
    if (!read) return
    // Text typed before hydration goes after it.
    const output = this.get().output ?? read.output
    this.putBefore(read.text, [...attachmentsOf(read), ...read.pending.map(pendingUpload)], { output })
  }

  /** Stores it under another conversation from now on: the new one now exists on the server. */
  moveTo(key: string): void {
    if (key === this.key) return
    if (this.storage) this.writer.write(this.storage, this.key, toKept(EMPTY, null))
    this.key = key
    this.flush()
  }

  /** Writes pending changes immediately. */
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

/** The attachments sent with a message. */
const attachedOf = ({ attachments }: Draft): Omit<Sending, "text"> => ({
  images: attachments.flatMap(({ image }) => image ?? []),
  documents: attachments.flatMap(({ document }) => document ?? []),
  files: attachments.flatMap(({ file }) => file ?? []),
})

const attachmentsOf = ({ images, documents, files }: Omit<Sending, "text">): Attachment[] => [
  ...images.map(attachedImage),
  ...documents.map(attachedDocument),
  ...files.map(attachedFile),
]

function toKept(draft: Draft, sending: Sending | null): Kept {
  const { images, documents, files } = attachedOf(draft)
  return {
    text: [sending?.text, draft.text].filter(Boolean).join("\n\n"),
    images: [...(sending?.images ?? []), ...images],
    documents: [...(sending?.documents ?? []), ...documents],
    files: [...(sending?.files ?? []), ...files],
    pending: draft.attachments
      .filter(isPendingAttachment)
      .map(({ key, name, upload, address }) => ({ key, name, upload, address })),
    output: draft.output,
  }
}
