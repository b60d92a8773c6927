/** Edges, uniform areas, and lines of text, measured on a grayscale copy large enough for letters to be visible. */
export interface Texture {
  /** Percent of neighboring pixels with a hard edge between them. */
  edges: number
  /** Percent of neighboring pixels that are equal: high for graphics, low for photos. */
  flatness: number
  /** Percent of pixels with the most frequent of 32 grays: the background of a page. */
  ground: number
  /** Percent of rows that often alternate between background and ink, like lines of text. */
  textRows: number
  kind: "photo" | "screenshot or document" | "flat graphic" | "drawing"
  mostDetail: string
}

/** Gray levels, of 255. */
const HARD = 40
/** Hard edges from which a row may be text. */
const EDGES_OF_TEXT = 12

const ROWS = ["top", "middle", "bottom"]
const COLUMNS = ["left", "center", "right"]

/** The name of one of nine fields, `across` and `down` from 0 to 1. */
export function fieldAt(across: number, down: number): string {
  const row = ROWS[Math.min(2, Math.floor(down * 3))] ?? "middle"
  const column = COLUMNS[Math.min(2, Math.floor(across * 3))] ?? "center"
  return row === "middle" && column === "center" ? "center" : `${row} ${column}`
}

/** Measures a grayscale image with one byte per pixel. */
export function measureTexture(gray: Uint8Array, width: number, height: number): Texture {
  const fields = new Map<string, number>()
  const grays = new Uint32Array(32)
  let [hard, alike, pairs, textRows] = [0, 0, 0, 0]
  for (let y = 0; y < height; y++) {
    let inRow = 0
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const value = gray[at] ?? 0
      const bin = value >> 3
      grays[bin] = (grays[bin] ?? 0) + 1
      if (x + 1 === width || y + 1 === height) continue
      const across = Math.abs(value - (gray[at + 1] ?? value))
      const down = Math.abs(value - (gray[at + width] ?? value))
      pairs++
      if (Math.max(across, down) === 0) alike++
      if (across > HARD) inRow++
      if (Math.max(across, down) <= HARD) continue
      hard++
      const field = fieldAt(x / width, y / height)
      fields.set(field, (fields.get(field) ?? 0) + 1)
    }
    if (inRow >= EDGES_OF_TEXT) textRows++
  }
  const percent = (count: number, of: number) => (of === 0 ? 0 : (100 * count) / of)
  const measured = {
    edges: percent(hard, pairs),
    flatness: pairs === 0 ? 100 : percent(alike, pairs),
    ground: percent(Math.max(...grays), gray.length),
    textRows: percent(textRows, height),
  }
  const [[mostDetail] = ["center"]] = [...fields].sort((a, b) => b[1] - a[1])
  return { ...measured, kind: kindOf(measured), mostDetail }
}

/**
 * Text has many hard edges per row on a uniform background; photos vary from pixel to pixel; graphics have uniform
 * areas.
 */
function kindOf({ edges, flatness, ground, textRows }: Omit<Texture, "kind" | "mostDetail">): Texture["kind"] {
  if (textRows > 8 && edges > 2 && ground > 35 && flatness > 25) return "screenshot or document"
  if (flatness > 80) return "flat graphic"
  return flatness > 45 ? "drawing" : "photo"
}
