/** Files attached to a mail. */
import type { Attachment, Email } from "postal-mime"
import type { PackedPicture } from "@/lib/documents/read/pictures"

/** Limits for parsing a mail: nesting of parts, characters of headers. */
export const MAIL_LIMITS = { maxNestingDepth: 20, maxHeadersSize: 500_000 }

const ENDING = /\.(?:png|jpe?g|gif|webp|avif|svg|tiff?|bmp|hei[cf])$/i

/** Claims to be a picture, by its type or its name. Whatever opens it checks the bytes. */
export const isPicture = ({ mimeType, filename }: Attachment): boolean =>
  /^image\//i.test(mimeType) || ENDING.test(filename ?? "")

/** Inline or attached, in order. */
export const pictureFilesOf = ({ attachments }: Email): PackedPicture[] =>
  attachments.filter(isPicture).map(({ filename, mimeType, content }, place) => ({
    name: filename ?? `image${place + 1}.${mimeType.slice("image/".length)}`,
    bytes: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
  }))
