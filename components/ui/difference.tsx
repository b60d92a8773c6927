"use client"

/** A word diff of two texts: what was removed and what was added. */
import { type ReactNode, useEffect, useState } from "react"

export interface Piece {
  value: string
  added: boolean
  removed: boolean
}

/** Maximum milliseconds for the diff: texts that take longer have little in common. */
const PATIENCE_MS = 500

/** The pieces of both texts; null until the diff script has loaded, and when they have too little in common. */
export function useDifference(old: string, made: string): Piece[] | null {
  const [found, setFound] = useState<{ old: string; made: string; pieces: Piece[] | null } | null>(null)
  useEffect(() => {
    let left = false
    const words = new Intl.Segmenter(undefined, { granularity: "word" })
    void import("diff")
      .then(({ diffWordsWithSpace }) => diffWordsWithSpace(old, made, { timeout: PATIENCE_MS, intlSegmenter: words }))
      .then((pieces) => !left && setFound({ old, made, pieces: pieces ? joined(pieces) : null }))
      .catch(() => undefined)
    return () => {
      left = true
    }
  }, [old, made])
  return found?.old === old && found.made === made ? found.pieces : null
}

/** Merges changes separated only by whitespace: “in upper case” is not one change per word. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = []
  let [gone, fresh] = ["", ""]
  const close = () => {
    if (gone) made.push({ value: gone, added: false, removed: true })
    if (fresh) made.push({ value: fresh, added: true, removed: false })
    gone = fresh = ""
  }
  for (const [index, { value, added, removed }] of pieces.entries()) {
    const next = pieces[index + 1]
    const between = value.trim() === "" && gone + fresh !== "" && next !== undefined && (next.added || next.removed)
    if (removed || (!added && between)) gone += value
    if (added || (!removed && between)) fresh += value
    if (added || removed || between) continue
    close()
    made.push({ value, added, removed })
  }
  close()
  return made
}

const OLD = "rounded-xs bg-danger-soft text-danger line-through decoration-1"
const NEW = "rounded-xs bg-success/15 text-success underline decoration-1 underline-offset-2"

export const Gone = ({ children }: { children: ReactNode }) => <del className={OLD}>{children}</del>
export const New = ({ children }: { children: ReactNode }) => <ins className={NEW}>{children}</ins>

/** Renders the pieces in sequence, marking removed and added text. */
export function Pieces({ pieces }: { pieces: Piece[] }) {
  return pieces.map(({ value, added, removed }, index) => {
    const Mark = added ? New : removed ? Gone : null
    // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
    return Mark ? <Mark key={index}>{value}</Mark> : <span key={index}>{value}</span>
  })
}
