/** The files that a mail carries. */
import type { Attachment, Email } from "postal-mime"
import type { PackedPicture } from "@/lib/documents/read/pictures"

/** What a mail is read with: levels of parts in parts, characters of its heads. */
export const MAIL_LIMITS = { maxNestingDepth: 20, maxHeadersSize: 500_000 }

const ENDING = /\.(?:png|jpe?g|gif|webp|avif|svg|tiff?|bmp|hei[cf])$/i

/** It says that it is a picture, by its type or its name. What it is, its bytes say to who opens it. */
export const isPicture = ({ mimeType, filename }: Attachment): boolean =>
  /^image\//i.test(mimeType) || ENDING.test(filename ?? "")

/** Within its text or attached, in their order. */
export const pictureFilesOf = ({ attachments }: Email): PackedPicture[] =>
  attachments.filter(isPicture).map(({ filename, mimeType, content }, place) => ({
    name: filename ?? `image${place + 1}.${mimeType.slice("image/".length)}`,
    bytes: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
  }))
