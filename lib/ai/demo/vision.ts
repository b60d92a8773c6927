/** What the demo model sees: everything it says of a picture is computed from its decoded pixels. */
import sharp from "sharp"
import { nameColour } from "@/lib/ai/demo/colours"
import { type Area, findAreas } from "@/lib/ai/demo/shapes"
import { WireError } from "@/lib/ai/demo/wire"

export interface Sight {
  format: string
  width: number
  height: number
  kilobytes: number
  colours: { name: string; percent: number }[]
  /** 0 black to 1 white. */
  brightness: number
  /** Spread of the brightness, 0 flat. */
  contrast: number
  /** Percent of the pixels at a hard edge. */
  edges: number
  /** Percent of neighbours that are the same colour: high for graphics, low for photos. */
  flatness: number
  kind: "photo" | "screenshot or document" | "flat graphic" | "drawing"
  brightest: string
  mostDetail: string
  areas: Area[]
}

const SIDE = 96
const MAX_PIXELS = 100_000_000

/** Looks at a data URI. Throws `WireError` 400 for an address, or for bytes that are no picture. */
export async function look(url: string): Promise<Sight> {
  const [, base64] = /^data:image\/[a-z0-9.+-]+;base64,(.+)$/is.exec(url) ?? []
  if (!base64)
    throw new WireError(400, "invalid_request", "Only images given as data:image/…;base64,… can be looked at here")
  const bytes = Buffer.from(base64, "base64")
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS })
    const { format = "unknown", width, height } = await image.metadata()
    const { data } = await image
      .rotate()
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .resize(SIDE, SIDE, { fit: "fill" })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { format, width, height, kilobytes: bytes.length / 1_000, ...measure(data) }
  } catch (cause) {
    if (cause instanceof WireError) throw cause
    throw new WireError(400, "invalid_request", "The image could not be decoded")
  }
}

interface Grid {
  names: string[]
  light: number[]
}

function readGrid(data: Buffer): Grid {
  const names: string[] = []
  const light: number[] = []
  for (let at = 0; at < data.length; at += 3) {
    const { name, lightness } = nameColour([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0])
    names.push(name)
    light.push(lightness)
  }
  return { names, light }
}

function measure(data: Buffer): Omit<Sight, "format" | "width" | "height" | "kilobytes"> {
  const grid = readGrid(data)
  const { light } = grid
  const brightness = mean(light)
  const contrast = Math.sqrt(mean(light.map((value) => (value - brightness) ** 2)))
  const steps = light.map((value, at) => (at % SIDE === SIDE - 1 ? 0 : Math.abs(value - (light[at + 1] ?? value))))
  const edges = share(steps, (step) => step > 0.12)
  const flatness = share(steps, (step) => step < 0.004)
  const colours = shares(grid.names).slice(0, 5)
  return {
    colours,
    brightness,
    contrast,
    edges,
    flatness,
    kind: kindOf({ edges, flatness, brightness }),
    brightest: region(light),
    mostDetail: region(steps),
    areas: findAreas(grid.names, SIDE),
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const share = (values: number[], fits: (value: number) => boolean) => (100 * values.filter(fits).length) / values.length

function shares(names: string[]): Sight["colours"] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, percent: Math.round((100 * count) / names.length) }))
    .filter(({ percent }) => percent > 0)
    .sort((a, b) => b.percent - a.percent)
}

/** Photos change from pixel to pixel; graphics have even areas; text makes many hard edges on an even ground. */
function kindOf({
  edges,
  flatness,
  brightness,
}: {
  edges: number
  flatness: number
  brightness: number
}): Sight["kind"] {
  if (flatness > 55 && edges > 9 && (brightness > 0.75 || brightness < 0.35)) return "screenshot or document"
  if (flatness > 80) return "flat graphic"
  return flatness > 45 ? "drawing" : "photo"
}

const ROWS = ["top", "middle", "bottom"]
const COLUMNS = ["left", "centre", "right"]

/** Where of nine fields the values are highest. */
function region(values: number[]): string {
  const sums = new Map<string, number>()
  for (const [at, value] of values.entries()) {
    const row = ROWS[Math.floor((Math.floor(at / SIDE) * 3) / SIDE)]
    const column = COLUMNS[Math.floor(((at % SIDE) * 3) / SIDE)]
    const name = row === "middle" && column === "centre" ? "centre" : `${row} ${column}`
    sums.set(name, (sums.get(name) ?? 0) + value)
  }
  const [[best] = ["centre"]] = [...sums].sort((a, b) => b[1] - a[1])
  return best
}
