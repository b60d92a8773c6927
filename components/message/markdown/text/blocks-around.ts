import { costsOf } from "@/components/message/markdown/text/measure"

/** Where the blocks of a Markdown text begin and end that hold this range: the text can be parted there. Pure. */
export function blocksAround(text: string, start: number, end: number): [from: number, to: number] {
  const places = costsOf(text).flatMap(({ from, fresh }) => (fresh ? [from] : []))
  const from = places.findLast((place) => place <= start) ?? 0
  return [from, places.find((place) => place >= end && place > from) ?? text.length]
}
