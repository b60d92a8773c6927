/** Connected areas of one colour in a small grid of colour names, and what shape they have. */
export interface Area {
  colour: string
  percent: number
  shape: "rectangle" | "ellipse" | "triangle" | "irregular shape"
  /** Position of the middle, in fields of a 3 × 3 grid. */
  place: string
}

/** Percent of the picture below which an area does not count. */
const SMALLEST = 0.8
const MOST = 12

/** Areas beside the background (the colour of most of the border), largest first. */
export function findAreas(names: string[], side: number): Area[] {
  const background = backgroundOf(names, side)
  const seen = new Uint8Array(names.length)
  const areas: Area[] = []
  for (let start = 0; start < names.length; start++) {
    const colour = names[start]
    if (seen[start] || colour === undefined || colour === background) continue
    const cells = flood(names, side, start, seen)
    const percent = (100 * cells.length) / names.length
    if (percent >= SMALLEST) areas.push({ colour, percent: Math.round(percent), ...form(cells, side) })
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
  const colour = names[start]
  const cells = [start]
  seen[start] = 1
  for (const at of cells) {
    const column = at % side
    const neighbours = [at - side, at + side, ...(column > 0 ? [at - 1] : []), ...(column < side - 1 ? [at + 1] : [])]
    for (const next of neighbours) {
      if (names[next] !== colour || seen[next]) continue
      seen[next] = 1
      cells.push(next)
    }
  }
  return cells
}

/** An area fills its box whole (rectangle), by π/4 (ellipse) or by a half (triangle). */
function form(cells: number[], side: number): Pick<Area, "shape" | "place"> {
  const columns = cells.map((at) => at % side)
  const rows = cells.map((at) => Math.floor(at / side))
  const [left, right, top, bottom] = [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)]
  const fill = cells.length / ((right - left + 1) * (bottom - top + 1))
  const shape =
    fill > 0.93
      ? "rectangle"
      : fill > 0.7 && fill < 0.86
        ? "ellipse"
        : fill > 0.43 && fill < 0.6
          ? "triangle"
          : "irregular shape"
  const row = ["top", "middle", "bottom"][Math.floor((((top + bottom) / 2) * 3) / side)] ?? "middle"
  const column = ["left", "centre", "right"][Math.floor((((left + right) / 2) * 3) / side)] ?? "centre"
  return { shape, place: row === "middle" && column === "centre" ? "centre" : `${row} ${column}` }
}
