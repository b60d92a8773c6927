import { useState } from "react"

/** Characters beyond which a growing text is parsed again only after growing by a fraction of its length. */
const LONG = 50_000
const GROWTH = 1.02

/**
 * The text, or for a long one that is still growing a prefix of it: parsing all of it for each chunk would take longer
 * than the chunks do.
 */
export function useStablePrefix(text: string, growing: boolean): string {
  const [read, setRead] = useState(text)
  const isEarly =
    growing && text.length >= LONG && text.length < read.length * GROWTH && text.startsWith(read.slice(0, 64))
  if (!isEarly && text !== read) setRead(text)
  return isEarly ? read : text
}
