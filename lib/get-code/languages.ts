/** The languages in which a request is written. Safe to import in the browser. */

export const CODE_LANGUAGES = ["curl", "openai-js", "openai-python", "python", "ai-sdk"] as const
export type CodeLanguage = (typeof CODE_LANGUAGES)[number]

/** A request as a program. */
export interface Code {
  code: string
  /** Files that it reads, to be put beside it. */
  files: string[]
}
