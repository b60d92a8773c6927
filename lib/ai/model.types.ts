/** What the server says about models. Safe to import on both sides. */
import type { Effort } from "@/lib/ai/thinking"

/** `GET /api/models`. */
export interface ModelInfo {
  id: string
  name: string
  /** Which server answers for it. */
  upstream: "fireworks" | "compatible" | "ollama" | "demo"
  contextTokens: number | null
  /** The most that one answer may have, its thinking included. */
  outputTokens: number | null
  images: boolean
  tools: boolean
  /** Values of `reasoning_effort` that it takes, weakest first; empty: it doesn't think; null: not known. */
  efforts: Effort[] | null
  /** USD per million tokens. */
  price: { input: number; cachedInput: number; output: number } | null
  /** Gone from the server; `successor` takes its place. */
  retired: boolean
  successor: string | null
  /** ISO date on which the server stops serving it. */
  deprecation: string | null
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
