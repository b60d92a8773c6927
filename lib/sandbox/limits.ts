/** Limits of one run. */

/** Bytes of input files, and of output files, of one run. */
export const MAX_FILE_BYTES = 25_000_000
export const MAX_FILES = 20
/** Characters of all charts of a run, as JSON: the page reads them at once. */
export const MAX_CHART_CHARS = 150_000
/** Characters of a run's output, and of its value, that are shown and sent to the model. */
export const MAX_PRINTED_CHARS = 40_000
/** Characters of longer output, kept as a file. */
export const MAX_SAID = 5_000_000

/** Characters of a result as JSON. Texts, in which a character may take six, and charts are limited before. */
export const RUN_CHARS = 3 * 6 * MAX_PRINTED_CHARS + MAX_CHART_CHARS + 50_000

/** Milliseconds for the code, and bytes of memory for its interpreter. */
export const JAVASCRIPT_RUN = { timeMs: 10_000, memoryBytes: 128 * 1024 * 1024 }
export const PYTHON_RUN = { timeMs: 60_000, memoryBytes: 512 * 1024 * 1024 }
