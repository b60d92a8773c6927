/** Limits that the page shows and the server enforces. No schema library, because the page would have to load it. */

/** Characters of a system prompt. */
export const MAX_SYSTEM_PROMPT = 20_000
/** Characters of a preset's name. */
export const MAX_PRESET_NAME = 80
/** Characters of a prompt in the library. */
export const MAX_PROMPT = 20_000
/** A prompt's command, as typed after the slash. */
export const COMMAND = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u
/** Tokens of an answer: the maximum of all models in the catalogue. */
export const MAX_OUTPUT = 1_048_576
/**
 * Characters of a schema as text (the contract of `POST /api/chat`), and of a saved schema's name, description, and
 * version notes.
 */
export const MAX_SCHEMA_CHARS = 64_000
export const MAX_SCHEMA_NAME = 80
export const MAX_SCHEMA_DESCRIPTION = 500
export const MAX_SCHEMA_NOTE = 200
/** Characters of the description from which a model writes a schema. */
export const MAX_SCHEMA_WORDS = 4_000
/** The largest seed that every model server accepts. */
export const MAX_SEED = 4_294_967_295
/** Stop sequences of an answer, and characters of each. */
export const MAX_STOP_SEQUENCES = 4
export const MAX_STOP_CHARS = 100

/** Characters of a part of an answer that can be changed separately, and of the request for it. */
export const MAX_CHANGE_CHARS = 20_000
export const MAX_OF_WISH = 2_000
/** Models that can be compared at once. */
export const COMPARED = { least: 2, most: 4 }

/** Means no limit in a person's individual quotas: answers per day, US dollars per month, megabytes. */
export const NO_LIMIT = 1_000_000_000

/** In usage totals: stands for all deleted people; no person has this id. */
export const FORMER = ""
