/** An image as shown on the page, and its URLs at the sizes the server provides. Pure. */
import type { FileUIPart } from "ai"
import { IMAGE_SIZES } from "@/lib/images/types"
import { type ImageFacts, imageFactsOf } from "@/lib/messages/image-facts"

export interface ShownImage extends ImageFacts {
  url: string
  /** The file name. */
  name: string
  /** Null when it does not belong to the reader. */
  id: string | null
}

/** `otherwise` is the name for an unnamed one. */
export function shownImage(part: FileUIPart, otherwise: string): ShownImage {
  const { url, filename } = part
  return { ...imageFactsOf(part), url, name: filename || otherwise, id: ownId(url) }
}

const OWN = /^\/api\/images\/([^/?#]+)$/
const STORED = /^\/api\/images\//

const ownId = (url: string): string | null => OWN.exec(url)?.[1] ?? null

/** The alt text. */
export const altOf = ({ alt, name }: ShownImage): string => alt ?? name

/** The URL of an image at this maximum side length; the original URL if the server doesn't store it. */
export function sized(url: string, size: (typeof IMAGE_SIZES)[number]): string {
  if (!STORED.test(url)) return url
  return `${url}${url.includes("?") ? "&" : "?"}size=${size}`
}

/** The `srcset` of an image shown smaller than its size; undefined when its width is unknown. */
export function srcSetOf({ url, width, height }: ShownImage): string | undefined {
  if (!width || !height || !STORED.test(url)) return undefined
  const longer = Math.max(width, height)
  const smaller = IMAGE_SIZES.filter((size) => size < longer)
  const sets = smaller.map((size) => `${sized(url, size)} ${Math.round((width * size) / longer)}w`)
  const largest = IMAGE_SIZES.find((size) => size >= longer)
  return [...sets, ...(largest ? [`${sized(url, largest)} ${width}w`] : [])].join(", ")
}
