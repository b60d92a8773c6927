/** What a person says of a picture. Safe to import on both sides. */

/**
 * How much of a picture a model is shown. `low`: small and cheap; `standard`: the size that the model uses; `full`: tiles,
 * so that small print is read.
 */
export const DETAILS = ["low", "standard", "full"] as const
export type Detail = (typeof DETAILS)[number]

export const isDetail = (value: unknown): value is Detail => DETAILS.some((detail) => detail === value)

/** A rectangle in pixels of an upright image, from its upper left corner. */
export interface Region {
  x: number
  y: number
  width: number
  height: number
}
