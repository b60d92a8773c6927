/** A person's choices for an image. Safe to import on both sides. */

/**
 * The level of detail that a model gets. `low`: small and cheap; `standard`: the size that the model uses; `full`:
 * tiles, so that small print is legible.
 */
export const DETAILS = ["low", "standard", "full"] as const
export type Detail = (typeof DETAILS)[number]

export const isDetail = (value: unknown): value is Detail => DETAILS.some((detail) => detail === value)

/** A rectangle in pixels of an upright image, measured from its top left corner. */
export interface Region {
  x: number
  y: number
  width: number
  height: number
}
