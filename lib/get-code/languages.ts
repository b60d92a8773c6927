/** The languages that a request can be written in. Safe to import in the browser. */

export const CODE_LANGUAGES = ["curl", "openai-js", "openai-python", "python", "ai-sdk"] as const
export type CodeLanguage = (typeof CODE_LANGUAGES)[number]

/** A request as a program. */
export interface Code {
  code: string
  /** Files that it reads from its own folder. */
  files: string[]
}
