/** Bounds of one run. */

/** Bytes of files that go in, and come out, of one run. */
export const MOST_FILE_BYTES = 25_000_000
export const MOST_FILES = 20
/** Characters of what a run printed, and of its value. */
export const MOST_PRINTED = 40_000
