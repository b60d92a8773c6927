/** Bounds of one run. */

/** Bytes of files that go in, and come out, of one run. */
export const MOST_FILE_BYTES = 25_000_000
export const MOST_FILES = 20
/** Characters of all charts of a run, as JSON: the page reads them in one go. */
export const MOST_CHARTS = 150_000
/** Characters of what a run printed, and of its value, that are shown and told to the model. */
export const MOST_PRINTED = 40_000
/** Characters of all that a run said, where that is more: kept as a file. */
export const MOST_SAID = 5_000_000

/** Characters of a result as JSON: texts, in which a character may take six, and charts are held to their bounds before. */
export const RUN_CHARS = 3 * 6 * MOST_PRINTED + MOST_CHARTS + 50_000

/** Milliseconds of the code, and bytes that its interpreter may have. */
export const JAVASCRIPT_RUN = { timeMs: 10_000, memoryBytes: 128 * 1024 * 1024 }
export const PYTHON_RUN = { timeMs: 60_000, memoryBytes: 512 * 1024 * 1024 }
