/** Connected areas of one color in a small grid of color names, and their shapes. */
import { fieldAt } from "@/lib/demo/vision/texture"

export interface Area {
  color: string
  percent: number
  shape: "rectangle" | "square" | "ellipse" | "triangle" | "diamond" | "irregular shape"
  /** Position of the center, as a field of a 3 × 3 grid. */
  place: string
}

/** Percent of the image below which an area is ignored. */
const SMALLEST = 0.8
const MOST = 12

/**
 * Areas other than the background (the color of most of the border), largest first. `aspect` is the image's width
 * divided by its height.
 */
export function findAreas(names: string[], side: number, aspect = 1): Area[] {
  const background = backgroundOf(names, side)
  const seen = new Uint8Array(names.length)
  const areas: Area[] = []
  for (let start = 0; start < names.length; start++) {
    const color = names[start]
    if (seen[start] || color === undefined || color === background) continue
    const cells = flood(names, side, start, seen)
    const percent = (100 * cells.length) / names.length
    if (percent >= SMALLEST) areas.push({ color, percent: Math.round(percent), ...form(cells, side, aspect) })
  }
  return areas.sort((a, b) => b.percent - a.percent).slice(0, MOST)
}

function backgroundOf(names: string[], side: number): string | undefined {
  const counts = new Map<string, number>()
  for (const [at, name] of names.entries()) {
    const column = at % side
    const row = (at - column) / side
    if (row === 0 || column === 0 || row === side - 1 || column === side - 1)
      counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const [[most] = []] = [...counts].sort((a, b) => b[1] - a[1])
  return most
}

function flood(names: string[], side: number, start: number, seen: Uint8Array): number[] {
  const color = names[start]
  const cells = [start]
  seen[start] = 1
  for (const at of cells) {
    const column = at % side
    const neighbors = [at - side, at + side, ...(column > 0 ? [at - 1] : []), ...(column < side - 1 ? [at + 1] : [])]
    for (const next of neighbors) {
      if (names[next] !== color || seen[next]) continue
      seen[next] = 1
      cells.push(next)
    }
  }
  return cells
}

/**
 * Minimum offset of a triangle's center of mass from the center of its box, as a fraction of the box; a diamond has
 * none.
 */
const OFF_CENTER = 0.08

/** Classifies an area by how much of its box it fills: all (rectangle), π/4 (ellipse), or half (triangle, diamond). */
function form(cells: number[], side: number, aspect: number): Pick<Area, "shape" | "place"> {
  const sums = { left: side, right: 0, top: side, bottom: 0, across: 0, down: 0 }
  for (const at of cells) {
    const column = at % side
    const row = (at - column) / side
    sums.left = Math.min(sums.left, column)
    sums.right = Math.max(sums.right, column)
    sums.top = Math.min(sums.top, row)
    sums.bottom = Math.max(sums.bottom, row)
    sums.across += column
    sums.down += row
  }
  const { left, right, top, bottom } = sums
  const [width, height] = [right - left + 1, bottom - top + 1]
  const fill = cells.length / (width * height)
  const off = Math.max(
    Math.abs(sums.across / cells.length - (left + right) / 2) / width,
    Math.abs(sums.down / cells.length - (top + bottom) / 2) / height,
  )
  const ratio = (width * aspect) / height
  const place = fieldAt((left + right + 1) / 2 / side, (top + bottom + 1) / 2 / side)
  if (fill > 0.93) return { shape: ratio > 0.93 && ratio < 1.07 ? "square" : "rectangle", place }
  if (fill > 0.7 && fill < 0.86 && off < OFF_CENTER) return { shape: "ellipse", place }
  if (fill > 0.43 && fill < 0.6) return { shape: off > OFF_CENTER ? "triangle" : "diamond", place }
  return { shape: "irregular shape", place }
}
