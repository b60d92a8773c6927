/** What is attached to a draft, of any kind: on its way, ready, or with the reason why not. */
import type { Detail } from "@/lib/image.types"
import type { ImageInfo } from "@/lib/images/types"
import type { DocumentPart, TextFile } from "@/lib/messages/types"

/** A picture in a draft: what the server keeps, and what the person says of it. */
export interface AttachedImage extends ImageInfo {
  detail?: Detail
  /** In the person's words, for who can't see it. */
  alt?: string
}

/** `waiting` for others, `uploading` its bytes, `reading`: the server takes it in. */
export type AttachmentState = "waiting" | "uploading" | "reading" | "ready" | "failed"

/** An image, a document, or a file of text on its way into a message. */
export interface Attachment {
  key: string
  name: string
  /** What it is by its bytes; null while nobody has looked at them. */
  kind: "image" | "document" | "text" | null
  state: AttachmentState
  /** Which part of its bytes the server has, 0 to 1. */
  progress: number
  /** Object URL of a picture while this page lives; null after a reload. */
  preview: string | null
  image: AttachedImage | null
  document: DocumentPart | null
  /** A file of text, as soon as it is read. */
  file: TextFile | null
  /** The sentence why, when it failed. */
  error: string | null
  /** What was chosen, while it is on its way or another try may succeed. */
  source: File | null
  /** The https address that it is fetched from, in place of a file. */
  address: string | null
  /** Where its upload goes on after a cut, once the server has begun it. */
  upload: string | null
  /** Its file has so many pages beside the one that is shown: where they are asked for. */
  more: { take: string; count: number } | null
  /** An earlier page was left while it was on its way: nobody goes on with it yet. */
  left: boolean
}

/** What was on its way when the page was left; its bytes may be kept in the browser. */
export type PendingUpload = Pick<Attachment, "key" | "name" | "upload" | "address">

const READY = {
  state: "ready",
  progress: 1,
  preview: null,
  image: null,
  document: null,
  file: null,
  error: null,
  source: null,
  address: null,
  upload: null,
  more: null,
  left: false,
} as const

/** Names an attachment on this page. */
export const attachmentKey = (): string => crypto.getRandomValues(new Uint32Array(2)).join("-")

/** A file of text as it stands in a draft. */
export const attachedFile = (file: TextFile): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name: file.name,
  kind: "text",
  file,
})

/** A picture that the server has. */
export const attachedImage = (image: AttachedImage): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name: image.name,
  kind: "image",
  image,
})

/** A document that the server has. */
export const attachedDocument = (document: DocumentPart): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name: document.name,
  kind: "document",
  document,
})

/** What has just been chosen. */
export const chosenFile = (source: File): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name: source.name || "image",
  kind: null,
  state: "waiting",
  progress: 0,
  preview: source.type.startsWith("image/") ? URL.createObjectURL(source) : null,
  source,
})

/** A picture that the server is to fetch. */
export const chosenAddress = (address: string, name: string): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name,
  kind: null,
  state: "waiting",
  progress: 0,
  address,
})

/** What was on its way when the page was left. */
export const pendingUpload = ({ key, name, upload, address }: PendingUpload): Attachment => ({
  ...READY,
  ...{ key, name, upload, address },
  kind: null,
  state: "waiting",
  progress: 0,
  left: true,
})

/** It is not there yet, and may come. */
export const isOnItsWay = ({ state }: Pick<Attachment, "state">): boolean => state !== "ready" && state !== "failed"

/** It is a picture, or says that it is one. */
export const isPicture = ({ kind, state, preview, address }: Attachment): boolean =>
  state !== "failed" && (kind === "image" || (kind === null && (preview !== null || address !== null)))
