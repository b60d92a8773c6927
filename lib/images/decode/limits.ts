/** Size limits for pictures, and the size at which they are stored. */

/** Maximum number of pixels of a picture, checked before decoding: a small file can unpack to gigabytes. */
export const MAX_PIXELS = 100_000_000
/** Size limits of a stored picture: pixels, and pixels per side (browsers render no more). */
export const MAX_STORED_PIXELS = 40_000_000
export const MAX_STORED_SIDE = 16_384
/** Maximum size in bytes of a stored picture. */
export const MAX_STORED_BYTES = 25_000_000
/** Pixels on the long side of images sent to models, which scale down to about this themselves. */
export const MODEL_SIDE = 2_048
/** Maximum number of pages read from a file when all are requested. */
export const MAX_PAGES = 30
