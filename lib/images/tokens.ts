/**
 * Estimates what an image costs before it is sent. Pure, for both sides.
 * One token per 28 × 28 pixels (patches of 14, merged two by two), plus two around it: the rule of Qwen2.5-VL
 * (arXiv:2502.13923, section 2.1), which GLM-4.5V and Kimi's MoonViT follow. Fireworks publishes no rule of its own, so
 * this is an estimate.
 */

import type { Detail } from "@/lib/image.types"
import { tilesOf } from "@/lib/images/decode/tiling"

const PATCH = 28
const AROUND = 2
/** Pixels on the long side at which an image is sent. */
const SIDE = { low: 512, standard: 2_048 }
/** Estimate if the size isn't known. */
const UNKNOWN = 1_200

interface Size {
  width: number
  height: number
}

/** How many images one of this size is sent as: itself, plus its tiles at full detail. */
export const imagesSent = ({ width, height }: Size, detail: Detail): number =>
  detail === "full" ? 1 + tilesOf(width, height).tiles.length : 1

/** Estimated tokens of an image of this size (pixels; null if unknown) at this detail. */
export function imageTokens(size: Size | null, detail: Detail = "standard"): number {
  if (!size) return UNKNOWN
  const whole = tokensAt(size, scaleTo(size, detail === "low" ? SIDE.low : SIDE.standard))
  if (detail !== "full") return whole
  const { scale, tiles } = tilesOf(size.width, size.height)
  return tiles.reduce((sum, tile) => sum + tokensAt(tile, scale), whole)
}

/** Cost in US dollars at a price per million tokens; null if the price isn't known. */
export const imagePriceUsd = (tokens: number, usdPerMillion: number | null | undefined): number | null =>
  usdPerMillion === null || usdPerMillion === undefined ? null : (tokens * usdPerMillion) / 1_000_000

/** Size in pixels at which the full image is sent at this detail: a model's pixel coordinates refer to this. */
export function sentSize(size: Size, detail: Detail = "standard"): Size {
  const scale = scaleTo(size, detail === "low" ? SIDE.low : SIDE.standard)
  return { width: Math.round(size.width * scale), height: Math.round(size.height * scale) }
}

const scaleTo = ({ width, height }: Size, side: number) => Math.min(1, side / Math.max(width, height))

const tokensAt = ({ width, height }: Size, scale: number) =>
  Math.ceil((width * scale) / PATCH) * Math.ceil((height * scale) / PATCH) + AROUND
