/** Limits that the page shows and the server holds. Without a schema library: the page would have to load it. */

/** Characters of a system prompt. */
export const MAX_SYSTEM_PROMPT = 20_000
/** Characters of a preset's name. */
export const MAX_PRESET_NAME = 80
/** Characters of a prompt of the library. */
export const MAX_PROMPT = 20_000
/** A prompt's command as it is typed behind the slash. */
export const COMMAND = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u
