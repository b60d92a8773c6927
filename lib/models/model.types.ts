/** What the server says about models. Safe to import on both sides. */
import type { Effort } from "@/lib/models/thinking"

/** USD per million tokens. */
export interface ModelPrice {
  input: number
  cachedInput: number
  output: number
}

/** Ways in which Fireworks serves a model. `latest` is the newest of its family. */
export const WAYS = ["standard", "fast", "priority", "spot", "us", "latest"] as const
export type WayKind = (typeof WAYS)[number]

/** A way to be served, chosen with the model: its id is what is asked for, and what a conversation keeps. */
export interface ModelWay {
  kind: WayKind
  id: string
  /** Null: not known. */
  price: ModelPrice | null
  /** Per cent that it costs less than standard, roughly, where no price is known. */
  aboutLess?: number
}

/** A model of the account behind the API key. */
export interface OwnModel {
  kind: "deployment" | "fine-tune"
  /** `asleep`: scaled to zero, starts when it is asked. `undeployed`: nothing serves it. */
  state: "ready" | "asleep" | "starting" | "updating" | "failed" | "uploading" | "undeployed"
}

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
  /** `images` is only guessed from the name. */
  imagesGuessed?: boolean
  /** `images` is this person's own word. */
  imagesSet?: boolean
  tools: boolean
  /** Values of `reasoning_effort` that it takes, weakest first; empty: it doesn't think; null: not known. */
  efforts: Effort[] | null
  price: ModelPrice | null
  /** Gone from the server; `successor` takes its place. */
  retired: boolean
  successor: string | null
  /** ISO date on which the server stops serving it. */
  deprecation: string | null
  /** The ways to be served, standard first; none where there is only one. */
  ways?: ModelWay[]
  /** The way that this id means; standard when left out. */
  way?: WayKind
  /** Set where it is the account's own. */
  own?: OwnModel
  /** The server has answered lately that it does not have it. */
  missing?: boolean
  /** The operator does not offer it to this person; `missing`, too. */
  withheld?: true
}

export interface ModelsResponse {
  models: ModelInfo[]
  /** There are more models than these: `GET /api/models` has them all. */
  more?: boolean
  default: string
  /** Images can be uploaded, and chats shared by link. */
  uploads: boolean
  shares: boolean
  /** Chatting without an account is off, and this is somebody without one: nothing answers them. */
  guestsOff?: true
  /** Names of the tools that models may call; none where the operator has switched them off. */
  tools: string[]
  /** What telling a model of each of them takes, in tokens, estimated. */
  toolTokens?: Record<string, number>
  /** Characters that one message may have, its text files together with its words. */
  messageChars: number
  /** Tokens that the operator allows an answer; null: what its model gives. */
  outputTokens: number | null
  /** Who answers and, without a key, how to set one. `host`: of another model server than Fireworks. */
  notice: { kind: "fireworks" | "compatible" | "ollama" | "demo"; text: string; host: string | null }
  /** Whether the person has an API key of their own, and pays with it; missing where the operator allows none. */
  ownKey?: "used" | "unused" | "none"
}

/** The model that answers where there is no other. */
export const DEMO_MODEL_ID = "sparkler-demo"
