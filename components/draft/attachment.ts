/** Attachments of a draft, of any kind: in progress, ready, or failed with a reason. */
import type { Detail } from "@/lib/image.types"
import type { ImageInfo } from "@/lib/images/types"
import type { DocumentPart, TextFile } from "@/lib/messages/types"

/** An image in a draft: the server's data plus the user's settings. */
export interface AttachedImage extends ImageInfo {
  detail?: Detail
  /** Alt text written by the user. */
  alt?: string
}

/** `waiting` for others, `uploading` its bytes, `reading`: the server processes it. */
export type AttachmentState = "waiting" | "uploading" | "reading" | "ready" | "failed"

/** An image, document or text file being added to a message. */
export interface Attachment {
  key: string
  name: string
  /** Its type by content; null until its bytes were examined. */
  kind: "image" | "document" | "text" | null
  state: AttachmentState
  /** The share of its bytes the server has, 0 to 1. */
  progress: number
  /** Object URL of an image for the lifetime of this page; null after a reload. */
  preview: string | null
  image: AttachedImage | null
  document: DocumentPart | null
  /** A text file, once it is read. */
  file: TextFile | null
  /** The error message, if it failed. */
  error: string | null
  /** The selected file, while in progress or while a retry may succeed. */
  source: File | null
  /** The https URL it is fetched from, instead of a file. */
  address: string | null
  /** The URL to resume its upload from, once the server has started it. */
  upload: string | null
  /** The number of further pages in its file, and the URL to request them from. */
  more: { take: string; count: number } | null
  /** It was in progress when an earlier page was left, and has not been resumed yet. */
  left: boolean
}

/** An upload in progress when the page was left; its bytes may be stored in the browser. */
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

/** A unique key for an attachment on this page. */
export const attachmentKey = (): string => crypto.getRandomValues(new Uint32Array(2)).join("-")

export const attachedFile = (file: TextFile): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name: file.name,
  kind: "text",
  file,
})

/** An image the server already has. */
export const attachedImage = (image: AttachedImage): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name: image.name,
  kind: "image",
  image,
})

/** A document the server already has. */
export const attachedDocument = (document: DocumentPart): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name: document.name,
  kind: "document",
  document,
})

/** A file that was just selected. */
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

/** An image for the server to fetch. */
export const chosenAddress = (address: string, name: string): Attachment => ({
  ...READY,
  key: attachmentKey(),
  name,
  kind: null,
  state: "waiting",
  progress: 0,
  address,
})

/** An upload that was in progress when the page was left. */
export const pendingUpload = ({ key, name, upload, address }: PendingUpload): Attachment => ({
  ...READY,
  ...{ key, name, upload, address },
  kind: null,
  state: "waiting",
  progress: 0,
  left: true,
})

/** It is not ready yet, but may become so. */
export const isPendingAttachment = ({ state }: Pick<Attachment, "state">): boolean =>
  state !== "ready" && state !== "failed"

/** It is an image, or claims to be one. */
export const isPicture = ({ kind, state, preview, address }: Attachment): boolean =>
  state !== "failed" && (kind === "image" || (kind === null && (preview !== null || address !== null)))
