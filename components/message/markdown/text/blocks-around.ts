import { measureBlocks } from "@/components/message/markdown/text/measure"

/** The start and end of the Markdown blocks containing this range: the text can be split there. Pure. */
export function blocksAround(text: string, start: number, end: number): [from: number, to: number] {
  const places = measureBlocks(text).flatMap(({ from, fresh }) => (fresh ? [from] : []))
  const from = places.findLast((place) => place <= start) ?? 0
  return [from, places.find((place) => place >= end && place > from) ?? text.length]
}
