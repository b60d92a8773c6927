import { useState } from "react"

/** Characters from which a growing text is read again only when it has grown by a part of itself. */
const LONG = 50_000
const GROWTH = 1.02

/** The text, of a long one that is still growing a beginning: reading all of it for each word would take longer than the words do. */
export function useSettled(text: string, growing: boolean): string {
  const [read, setRead] = useState(text)
  const isEarly =
    growing && text.length >= LONG && text.length < read.length * GROWTH && text.startsWith(read.slice(0, 64))
  if (!isEarly && text !== read) setRead(text)
  return isEarly ? read : text
}
