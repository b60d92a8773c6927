/** The server's description of models. Safe to import on both sides. */
import type { Effort } from "@/lib/models/thinking"

/** USD per million tokens. */
export interface ModelPrice {
  input: number
  cachedInput: number
  output: number
}

/** Serving options of Fireworks. `latest` is the newest model of its family. */
export const WAYS = ["standard", "fast", "priority", "spot", "us", "latest"] as const
export type WayKind = (typeof WAYS)[number]

/** A serving option, chosen with the model: its id is sent in requests and stored with a conversation. */
export interface ModelWay {
  kind: WayKind
  id: string
  /** Null: not known. */
  price: ModelPrice | null
  /** Approximately how many percent cheaper than standard, if the price isn't known. */
  aboutLess?: number
}

/** A model of the API key's account. */
export interface OwnModel {
  kind: "deployment" | "fine-tune"
  /** `asleep`: scaled to zero, starts on request. `undeployed`: nothing serves it. */
  state: "ready" | "asleep" | "starting" | "updating" | "failed" | "uploading" | "undeployed"
}

/** `GET /api/models`. */
export interface ModelInfo {
  id: string
  name: string
  /** The server that provides it. */
  upstream: "fireworks" | "compatible" | "ollama" | "demo"
  contextTokens: number | null
  /** The maximum length of one answer, including thinking. */
  outputTokens: number | null
  images: boolean
  /** `images` is only guessed from the name. */
  imagesGuessed?: boolean
  /** This person has set `images`. */
  imagesSet?: boolean
  tools: boolean
  /** Supported values of `reasoning_effort`, weakest first; empty: it doesn't think; null: not known. */
  efforts: Effort[] | null
  price: ModelPrice | null
  /** No longer served; `successor` replaces it. */
  retired: boolean
  successor: string | null
  /** ISO date on which the server stops serving it. */
  deprecation: string | null
  /** The serving options, standard first; absent if there is only one. */
  ways?: ModelWay[]
  /** The serving option of this id; standard if absent. */
  way?: WayKind
  /** Set for models of the account. */
  own?: OwnModel
  /** The server recently responded that it doesn't have this model. */
  missing?: boolean
  /** The operator doesn't offer it to this person; `missing` is set, too. */
  withheld?: true
}

export interface ModelsResponse {
  models: ModelInfo[]
  /** There are more models than these: `GET /api/models` returns all. */
  more?: boolean
  default: string
  /** Images can be uploaded, and chats can be shared by link. */
  uploads: boolean
  shares: boolean
  /** Guests are turned off, and this person is one: they get no answers. */
  guestsOff?: true
  /** Names of the tools that models may call; empty if the operator has turned them off. */
  tools: string[]
  /** Estimated tokens that each tool's description takes. */
  toolTokens?: Record<string, number>
  /** Maximum characters of one message, including its text files. */
  messageChars: number
  /** The operator's limit of tokens per answer; null: the model's limit. */
  outputTokens: number | null
  /** Which server answers and, without a key, how to set one. `host`: set for model servers other than Fireworks. */
  notice: { kind: "fireworks" | "compatible" | "ollama" | "demo"; text: string; host: string | null }
  /** Whether the person has their own API key and pays with it; absent if the operator doesn't allow it. */
  ownKey?: "used" | "unused" | "none"
}

/** The model that answers if there is no other. */
export const DEMO_MODEL_ID = "sparkler-demo"
