/** How large pictures may be, and how large they are kept. */

/** Pixels of a picture before it is decoded: a small file can unfold to gigabytes. */
export const MAX_PIXELS = 100_000_000
/** What is kept of a picture at most: pixels, and pixels of a side (of which browsers draw no more). */
export const KEPT_PIXELS = 40_000_000
export const KEPT_SIDE = 16_384
/** Bytes of what is kept. */
export const KEPT_BYTES = 25_000_000
/** Pixels on the long side that models are shown; they scale down to about this themselves. */
export const MODEL_SIDE = 2_048
/** Pages that are taken of a file, where all are asked for. */
export const MOST_PAGES = 30
