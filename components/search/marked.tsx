import type { ReactNode } from "react"
import type { MarkedText } from "@/lib/search/types"

/** A text with the search terms highlighted. */
export function Marked({ text, marks }: MarkedText) {
  const pieces: ReactNode[] = []
  let at = 0
  for (const [start, end] of marks) {
    pieces.push(text.slice(at, start))
    pieces.push(
      <mark key={start} className="rounded-[3px] bg-spark/25 font-medium text-foreground">
        {text.slice(start, end)}
      </mark>,
    )
    at = end
  }
  return [...pieces, text.slice(at)]
}
