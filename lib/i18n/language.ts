/** The languages that there is a catalogue for. Another one is its files beside the English ones and a line here, in `sentences.ts` and `request.ts`. */
export const LANGUAGES = ["en"] as const
export type Language = (typeof LANGUAGES)[number]
export const DEFAULT_LANGUAGE: Language = "en"

/** The language in which whoever sends these headers is answered. */
export const languageOf = (_headers: Headers): Language => DEFAULT_LANGUAGE
