/**
 * Color names as people use them, compared in OKLab (https://bottosson.github.io/posts/oklab/), where distance
 * corresponds to perception.
 */
type Rgb = readonly [red: number, green: number, blue: number]
type Lab = readonly [lightness: number, a: number, b: number]

/** Some names have several points: people call both a pure and a dull red “red”. */
const NAMED: [name: string, rgb: Rgb][] = [
  ["black", [0, 0, 0]],
  ["dark gray", [64, 64, 64]],
  ["gray", [128, 128, 128]],
  ["light gray", [200, 200, 200]],
  ["white", [255, 255, 255]],
  ["red", [220, 30, 30]],
  ["dark red", [130, 15, 20]],
  ["pink", [250, 160, 185]],
  ["orange", [250, 140, 20]],
  ["brown", [125, 75, 35]],
  ["beige", [230, 210, 175]],
  ["yellow", [250, 225, 40]],
  ["olive", [120, 120, 30]],
  ["green", [40, 160, 60]],
  ["dark green", [15, 80, 35]],
  ["light green", [150, 220, 140]],
  ["teal", [20, 130, 130]],
  ["cyan", [60, 210, 230]],
  ["light blue", [155, 200, 245]],
  ["blue", [35, 90, 220]],
  ["dark blue", [15, 30, 110]],
  ["purple", [125, 50, 170]],
  ["lavender", [200, 180, 240]],
  ["magenta", [220, 50, 180]],
  ["red", [255, 0, 0]],
  ["dark red", [139, 0, 0]],
  ["pink", [255, 105, 180]],
  ["orange", [255, 165, 0]],
  ["brown", [165, 42, 42]],
  ["brown", [139, 69, 19]],
  ["brown", [160, 82, 45]],
  ["brown", [92, 58, 33]],
  ["beige", [245, 245, 220]],
  ["yellow", [255, 255, 0]],
  ["lime", [0, 255, 0]],
  ["lime", [50, 205, 50]],
  ["lime", [170, 240, 40]],
  ["green", [0, 128, 0]],
  ["cyan", [0, 255, 255]],
  ["blue", [0, 0, 255]],
  ["dark blue", [0, 0, 128]],
  ["purple", [128, 0, 128]],
  ["magenta", [255, 0, 255]],
]

const linear = (channel: number) => {
  const value = channel / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function toLab([red, green, blue]: Rgb): Lab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

const PALETTE = NAMED.map(([name, rgb]) => ({ name, lab: toLab(rgb) }))
const NEUTRAL = /^(?:black|white|(?:dark |light )?gray)$/
const GRAYS = PALETTE.filter(({ name }) => NEUTRAL.test(name))
/** Distance from gray below which no color is visible. */
const MIN_CHROMA = 0.018

const distance = (x: Lab, y: Lab) => (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2 + (x[2] - y[2]) ** 2

/** The name of a color, with its perceived lightness from 0 to 1. */
export function nameColor(rgb: Rgb): { name: string; lightness: number } {
  const lab = toLab(rgb)
  let best = { name: "gray", gap: Number.POSITIVE_INFINITY }
  const palette = Math.hypot(lab[1], lab[2]) < MIN_CHROMA ? GRAYS : PALETTE
  for (const { name, lab: other } of palette) {
    const gap = distance(lab, other)
    if (gap < best.gap) best = { name, gap }
  }
  return { name: best.name, lightness: lab[0] }
}
