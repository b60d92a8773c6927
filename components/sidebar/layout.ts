/**
 * Where everything of the list stands. Rows are of one height, so that nothing has to be drawn to be measured. Pixels are
 * those of a page whose letters have the usual size: with a larger one all grows alike (`inRem`).
 */
import type { ConversationGroup } from "@/components/sidebar/groups"

/** Pixels, as the classes of the rows and heads say them. */
export const ROW_PX = 37
const HEAD_PX = 28
const FOLD_PX = 36
const GAP_PX = 14

/** Pixels at the usual size of letters, for a style. */
export const inRem = (pixels: number): string => `${pixels / 16}rem`

/** How many pixels of the screen are one of these. */
export const scaleOfPage = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16

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
    // Closed folders stand close together.
    const gap = group.folds && (groups[index + 1]?.folds ?? null) && !group.folds.open ? 0 : GAP_PX
    const height = head + group.conversations.length * ROW_PX + gap
    const place = { group, top, height, head }
    top += height
    return place
  })
  return { placed, height: top }
}

/** A stretch of the list, in pixels from its top. */
export interface Span {
  from: number
  to: number
}

/** The rows of a group that touch the span: from the first, to before the second. */
export function rowsWithin({ group, top, head }: PlacedGroup, { from, to }: Span): [number, number] {
  const rows = group.conversations.length
  const first = Math.floor((from - top - head) / ROW_PX)
  const end = Math.ceil((to - top - head) / ROW_PX)
  const clamp = (row: number) => Math.min(Math.max(row, 0), rows)
  return [clamp(first), clamp(end)]
}
