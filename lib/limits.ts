/** Limits that the page shows and the server holds. Without a schema library: the page would have to load it. */

/** Characters of a system prompt. */
export const MAX_SYSTEM_PROMPT = 20_000
/** Characters of a preset's name. */
export const MAX_PRESET_NAME = 80
/** Characters of a prompt of the library. */
export const MAX_PROMPT = 20_000
/** A prompt's command as it is typed behind the slash. */
export const COMMAND = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u
/** Tokens of an answer: the most that any model of the catalogue gives. */
export const MAX_OUTPUT = 1_048_576
/** Characters of a schema as text (the contract of `POST /api/chat`); of a kept one's name, description, and a version's note. */
export const MAX_SCHEMA_CHARS = 64_000
export const MAX_SCHEMA_NAME = 80
export const MAX_SCHEMA_DESCRIPTION = 500
export const MAX_SCHEMA_NOTE = 200
/** Characters in which data is described for a model to write its schema. */
export const MAX_SCHEMA_WORDS = 4_000
/** The largest number that every model server takes as a seed. */
export const MAX_SEED = 4_294_967_295
/** Texts at which an answer ends, and characters of each. */
export const MOST_STOPS = 4
export const MAX_STOP = 100

/** Characters of a part of an answer that can be changed by itself, and of what is asked for it. */
export const MOST_CHANGED = 20_000
export const MOST_OF_WISH = 2_000
/** Models that can be compared at once. */
export const COMPARED = { least: 2, most: 4 }

/** What stands for no limit where a person has one of their own: answers a day, US dollars a month, megabytes. */
export const NO_LIMIT = 1_000_000_000

/** In sums of usage: stands for all people who were deleted, and is nobody's id. */
export const FORMER = ""
