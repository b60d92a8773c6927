/** Variants of a stored picture: sizes for the page, sizes for models, a placeholder. */
import sharp, { type Sharp } from "sharp"
import { rgbaToThumbHash } from "thumbhash"
import { MODEL_SIDE } from "@/lib/images/decode/limits"
import { type Encoded, encodedOf, save } from "@/lib/images/decode/made"
import type { Derived, MadeFile, Variant } from "@/lib/images/decode/types"

const QUALITY = 85
/**
 * A lossless picture may have this many times the bytes of a JPEG: text stays sharp. Photos take 10 to 30 times as
 * many.
 */
export const MAX_PNG_RATIO = 2
/** Below this size, lossless is always acceptable. */
export const SMALL_BYTES = 100_000

interface ForModel {
  variant: Variant
  /** Pixels on the long side. */
  side: number
  bytes: number
  /** Settings tried in order until it fits. The last one always fits. */
  tries: { quality: number; side: number }[]
}

const FOR_MODEL: ForModel[] = [
  // Ten images of a message fit in the 10 MB of base64 allowed per request.
  {
    ...{ variant: "model", side: MODEL_SIDE, bytes: 700_000 },
    tries: [
      { quality: 75, side: MODEL_SIDE },
      { quality: 60, side: MODEL_SIDE },
      { quality: 75, side: 1_280 },
      { quality: 60, side: 1_024 },
      { quality: 60, side: 512 },
    ],
  },
  // And thirty of these.
  {
    ...{ variant: "small", side: 1_280, bytes: 220_000 },
    tries: [
      { quality: 75, side: 1_280 },
      { quality: 60, side: 1_024 },
      { quality: 60, side: 768 },
      { quality: 50, side: 512 },
    ],
  },
  {
    ...{ variant: "low", side: 512, bytes: 80_000 },
    tries: [
      { quality: 70, side: 512 },
      { quality: 50, side: 384 },
    ],
  },
]

const FOR_PAGE: { variant: Variant; side: number }[] = [
  { variant: "1280", side: 1_280 },
  { variant: "640", side: 640 },
  { variant: "320", side: 320 },
]
const PAGE_QUALITY = 78
/** Pixels on the long side of the input for a placeholder. */
const HASH_SIDE = 100

const within = (side: number) => ({ width: side, height: side, fit: "inside" as const, withoutEnlargement: true })

interface Base {
  /** The picture at the size for models, a new pipeline for each variant. */
  picture(): Sharp
  opaque: boolean
  /** The original was lossless: drawings and screenshots stay lossless if that is cheap. */
  exact: boolean
}

/** `opaque`: it has no alpha, or none that is visible. */
export async function smallerEncoding(full: MadeFile, opaque: boolean, folder: string, prefix: string) {
  const { data, info } = await sharp(full.path, { limitInputPixels: false })
    .resize(within(MODEL_SIDE))
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const base: Base = {
    picture: () => sharp(data, { raw: { width, height, channels } }),
    opaque,
    exact: full.mediaType === "image/png",
  }
  const derived: Derived[] = []
  const keep = async (variant: Variant, encoded: Encoded) => {
    const ending = encoded.mediaType.slice("image/".length)
    const made = await save(folder, `${prefix}${variant}.${ending}`, encoded)
    derived.push({ ...made, variant })
    return made
  }
  const longSide = Math.max(full.width, full.height)
  let before: MadeFile = full
  for (const one of FOR_MODEL) {
    // A picture that is already small enough is used as it is.
    if (Math.max(before.width, before.height) <= one.side && before.size <= one.bytes) continue
    before = await keep(one.variant, await forModel(base, one))
  }
  for (const { variant, side } of FOR_PAGE) {
    if (longSide <= side) continue
    const smaller = base.picture().resize(within(side)).webp({ quality: PAGE_QUALITY })
    await keep(variant, encodedOf(await smaller.toBuffer({ resolveWithObject: true })))
  }
  return { derived, thumbhash: await placeholderOf(base) }
}

/** Transparent pictures get a white background, as on a page. */
const flat = ({ picture, opaque }: Base) =>
  opaque ? picture().removeAlpha() : picture().flatten({ background: "#ffffff" })

async function forModel(base: Base, { side, bytes, tries }: ForModel): Promise<Encoded> {
  const made = async (pipeline: Sharp) => encodedOf(await pipeline.toBuffer({ resolveWithObject: true }))
  const jpeg = base.opaque ? await made(flat(base).resize(within(side)).jpeg({ quality: QUALITY })) : null
  const kept = base.opaque ? flat(base) : base.picture()
  const png = base.exact ? await made(kept.resize(within(side)).png()) : null
  const worth = jpeg ? Math.max(jpeg.data.length * MAX_PNG_RATIO, SMALL_BYTES) : bytes
  let best = png && png.data.length <= worth ? png : jpeg
  for (const { quality, side: tried } of tries) {
    if (best && best.data.length <= bytes) break
    best = await made(flat(base).resize(within(tried)).jpeg({ quality }))
  }
  if (!best) throw new Error("no encoding was produced")
  return best
}

async function placeholderOf({ picture }: Base): Promise<string> {
  const { data, info } = await picture()
    .resize(within(HASH_SIDE))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString("base64")
}
