/** A picture as the page shows it, and its address at the sizes that the server has. Pure. */
import type { FileUIPart } from "ai"
import { IMAGE_SIZES } from "@/lib/images/types"
import { type ImageFacts, imageFactsOf } from "@/lib/messages/image-facts"

export interface ShownImage extends ImageFacts {
  url: string
  /** Of the file. */
  name: string
  /** Null where it isn't one of the reader's own. */
  id: string | null
}

/** `otherwise` is the name of one that has none. */
export function shownImage(part: FileUIPart, otherwise: string): ShownImage {
  const { url, filename } = part
  return { ...imageFactsOf(part), url, name: filename || otherwise, id: ownId(url) }
}

const OWN = /^\/api\/images\/([^/?#]+)$/
const STORED = /^\/api\/images\//

const ownId = (url: string): string | null => OWN.exec(url)?.[1] ?? null

/** What is said of it to who can't see it. */
export const altOf = ({ alt, name }: ShownImage): string => alt ?? name

/** The address of a picture whose longer side has at most so many pixels; of one that the server doesn't keep its own. */
export function sized(url: string, size: (typeof IMAGE_SIZES)[number]): string {
  if (!STORED.test(url)) return url
  return `${url}${url.includes("?") ? "&" : "?"}size=${size}`
}

/** The `srcset` of a picture that is shown smaller than it is; none where its width isn't known. */
export function srcSetOf({ url, width, height }: ShownImage): string | undefined {
  if (!width || !height || !STORED.test(url)) return undefined
  const longer = Math.max(width, height)
  const smaller = IMAGE_SIZES.filter((size) => size < longer)
  const sets = smaller.map((size) => `${sized(url, size)} ${Math.round((width * size) / longer)}w`)
  const largest = IMAGE_SIZES.find((size) => size >= longer)
  return [...sets, ...(largest ? [`${sized(url, largest)} ${width}w`] : [])].join(", ")
}
