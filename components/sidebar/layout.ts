/**
 * Positions of everything in the list. All rows have the same height, so nothing has to be rendered to be measured.
 * Pixels are at the default font size and scale with it (`toRem`).
 */
import type { ConversationGroup } from "@/components/sidebar/groups"

/** Heights in pixels, matching the classes of rows and headings. */
export const ROW_PX = 37
const HEAD_PX = 28
const FOLD_PX = 36
const GAP_PX = 14

/** Converts pixels at the default font size to a CSS length. */
export const toRem = (pixels: number): string => `${pixels / 16}rem`

/** Screen pixels per layout pixel. */
export const pageScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

export interface PlacedGroup {
  group: ConversationGroup
  /** Pixels from the top of the list. */
  top: number
  height: number
  /** Pixels from the top of the group to its first row. */
  head: number
}

export function layOut(groups: ConversationGroup[]): { placed: PlacedGroup[]; height: number } {
  let top = 0
  const placed = groups.map((group, index) => {
    const head = group.folds ? FOLD_PX : HEAD_PX
    // No gap between closed folders.
    const gap = group.folds && (groups[index + 1]?.folds ?? null) && !group.folds.open ? 0 : GAP_PX
    const height = head + group.conversations.length * ROW_PX + gap
    const place = { group, top, height, head }
    top += height
    return place
  })
  return { placed, height: top }
}

/** A range of the list, in pixels from its top. */
export interface Span {
  from: number
  to: number
}

/** The rows of a group that intersect the span: start inclusive, end exclusive. */
export function rowsWithin({ group, top, head }: PlacedGroup, { from, to }: Span): [number, number] {
  const rows = group.conversations.length
  const first = Math.floor((from - top - head) / ROW_PX)
  const end = Math.ceil((to - top - head) / ROW_PX)
  const clamp = (row: number) => Math.min(Math.max(row, 0), rows)
  return [clamp(first), clamp(end)]
}
