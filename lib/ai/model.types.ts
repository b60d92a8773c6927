/** What the server says about models. Safe to import on both sides. */

/** `GET /api/models`. */
export interface ModelInfo {
  id: string
  name: string
  /** Which server answers for it. */
  upstream: "fireworks" | "compatible" | "ollama" | "demo"
  contextTokens: number | null
  images: boolean
  tools: boolean
  /** It thinks before it answers; null: not known. */
  reasoning: boolean | null
  /** USD per million tokens. */
  price: { input: number; cachedInput: number; output: number } | null
  /** Gone from the server; `successor` takes its place. */
  retired: boolean
  successor: string | null
}

export interface ModelsResponse {
  models: ModelInfo[]
  default: string
  /** Names of the tools that models may call. */
  tools: string[]
  /** Characters that one message may have, its text files together with its words. */
  messageChars: number
  /** Who answers and, without a key, how to set one. */
  notice: { kind: "fireworks" | "compatible" | "ollama" | "demo"; text: string }
}
