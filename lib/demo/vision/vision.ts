/** What the demo model sees: everything it says about an image is computed from its decoded pixels. */
import sharp from "sharp"
import { WireError } from "@/lib/demo/protocol/wire"
import { nameColor } from "@/lib/demo/vision/colors"
import { type Area, findAreas } from "@/lib/demo/vision/shapes"
import { fieldAt, measureTexture, type Texture } from "@/lib/demo/vision/texture"

export interface Sight extends Omit<Texture, "ground" | "textRows"> {
  format: string
  /** As displayed, after applying the EXIF rotation. */
  width: number
  height: number
  kilobytes: number
  colors: { name: string; percent: number }[]
  /** 0 black to 1 white. */
  brightness: number
  /** Standard deviation of the brightness, 0 is flat. */
  contrast: number
  brightest: string
  areas: Area[]
}

/** Pixels per side of the copy whose colors are named, and of the grayscale copy for edges. */
const SIDE = 96
const GRAY_SIDE = 512
const MAX_PIXELS = 100_000_000

/**
 * Analyzes a data URI. Throws `WireError` 400 for a web URL, for SVG (a program, not pixels), or for bytes that are not
 * an image.
 */
export async function look(url: string): Promise<Sight> {
  const bytes = bytesOf(url)
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS }).autoOrient().flatten({ background: "#ffffff" })
  try {
    const { format = "unknown", width, height, autoOrient = { width, height } } = await image.metadata()
    const colors = await image
      .clone()
      .toColourspace("srgb")
      // Nearest neighbor, so that no blended color appears between two areas.
      .resize(SIDE, SIDE, { fit: "fill", kernel: "nearest" })
      .removeAlpha()
      .raw()
      .toBuffer()
    const gray = await image
      .clone()
      .resize(GRAY_SIDE, GRAY_SIDE, { fit: "inside", withoutEnlargement: true })
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true })
    const {
      ground: _ground,
      textRows: _textRows,
      ...texture
    } = measureTexture(gray.data, gray.info.width, gray.info.height)
    const size = { width: autoOrient.width, height: autoOrient.height }
    return { format, ...size, kilobytes: bytes.length / 1_000, ...texture, ...measureColors(colors, size) }
  } catch {
    throw new WireError(400, "invalid_request", "The image could not be decoded")
  }
}

function bytesOf(url: string): Buffer {
  const [start = "", type = ""] = /^data:image\/([a-z0-9.+-]{1,40});base64,/i.exec(url.slice(0, 80)) ?? []
  if (!start || url.length === start.length)
    throw new WireError(400, "invalid_request", "Only images given as data:image/…;base64,… are supported")
  const bytes = Buffer.from(url.slice(start.length), "base64")
  // Whatever its media type: markup starts with <, compressed markup with the bytes of gzip.
  const first = bytes
    .subarray(0, 256)
    .toString("latin1")
    .replace(/^(?:\xef\xbb\xbf)?\s+/, "")
    .replace(/^\xef\xbb\xbf/, "")
  if (/svg/i.test(type) || first.startsWith("<") || first.startsWith("\x1f\x8b"))
    throw new WireError(400, "invalid_request", "SVG images are not supported")
  return bytes
}

function measureColors(data: Buffer, { width, height }: { width: number; height: number }) {
  const names: string[] = []
  const light: number[] = []
  const known = new Map<number, ReturnType<typeof nameColor>>()
  for (let at = 0; at < data.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
    const key = (red << 16) | (green << 8) | blue
    const color = known.get(key) ?? nameColor([red, green, blue])
    known.set(key, color)
    names.push(color.name)
    light.push(color.lightness)
  }
  const brightness = mean(light)
  return {
    colors: shares(names).slice(0, 5),
    brightness,
    contrast: Math.sqrt(mean(light.map((value) => (value - brightness) ** 2))),
    brightest: brightestField(light),
    areas: findAreas(names, SIDE, width / height),
  }
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function shares(names: string[]): Sight["colors"] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .map(([name, count]) => ({ name, percent: Math.round((100 * count) / names.length) }))
    .filter(({ percent }) => percent > 0)
    .sort((a, b) => b.percent - a.percent)
}

/** Which of nine fields is the brightest. */
function brightestField(light: number[]): string {
  const sums = new Map<string, number>()
  for (const [at, value] of light.entries()) {
    const field = fieldAt((at % SIDE) / SIDE, Math.floor(at / SIDE) / SIDE)
    sums.set(field, (sums.get(field) ?? 0) + value)
  }
  const [[best] = ["center"]] = [...sums].sort((a, b) => b[1] - a[1])
  return best
}
