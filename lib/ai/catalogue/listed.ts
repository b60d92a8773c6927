/** Parses the model lists of OpenAI-compatible servers, entry by entry: malformed entries are skipped. Pure. */
import {
  type Entry,
  first,
  idIn,
  isEntry,
  parseAmount,
  parseCount,
  parseFlag,
  textIn,
  toEntry,
  wordsIn,
} from "@/lib/ai/catalogue/values"
import type { ModelPrice } from "@/lib/models/model.types"
import type { Effort } from "@/lib/models/thinking"

/** What a list says about a model; anything it doesn't say is missing. */
export interface Listed {
  id: string
  name?: string
  /** Whether it is a chat model. */
  chat?: boolean
  contextTokens?: number
  outputTokens?: number
  images?: boolean
  tools?: boolean
  efforts?: Effort[]
  price?: ModelPrice
  /** ISO date. */
  deprecation?: string
}

const MOST = 20_000

/**
 * The models of `GET {base}/models`: under `data` or `models`, or the array itself; each ID once, in the server's
 * order.
 */
export function readListing(body: unknown): Listed[] {
  const { data, models, result, results, items } = toEntry(body)
  const lists = [body, data, models, toEntry(data).models, result, results, items].filter((list) => Array.isArray(list))
  const entries = lists.find((list) => list.length > 0) ?? []
  const byId = new Map<string, Listed>()
  for (const entry of entries.slice(0, MOST)) {
    const listed = readEntry(entry)
    if (listed && !byId.has(listed.id)) byId.set(listed.id, listed)
  }
  return [...byId.values()]
}

function readEntry(entry: unknown): Listed | undefined {
  if (typeof entry === "string") {
    const id = idIn(entry)
    return id === undefined ? undefined : { id }
  }
  if (!isEntry(entry)) return undefined
  const { id: plain, model, name, key, model_id: modelId, model_name: modelName, slug } = entry
  const id = first(...[plain, model, name, key, modelId, modelName, slug].map(idIn))
  return id === undefined ? undefined : withoutUnknown({ id, ...factsOf(entry, id) })
}

/** What the fields of an entry say, whichever server wrote it. */
function factsOf(entry: Entry, id: string): Omit<Listed, "id"> {
  const name = first(textIn(entry.display_name, 120), textIn(entry.displayName, 120), textIn(entry.name, 120))
  const parameters = wordsIn(entry.supported_parameters)
  return {
    name: name === id ? undefined : name,
    chat: chats(entry),
    contextTokens: contextOf(entry),
    outputTokens: outputOf(entry),
    images: sees(entry),
    tools: usesTools(entry, parameters),
    // Servers don't say which levels a model has, only that it has none.
    efforts: parameters && !parameters.some((word) => word.startsWith("reasoning")) ? [] : undefined,
    price: priceOf(toEntry(entry.pricing)),
    deprecation: isoDate(entry.deprecationDate),
  }
}

export function withoutUnknown<T extends object>(value: T): T {
  const kept = { ...value }
  for (const [key, one] of Object.entries(kept)) if (one === undefined) Reflect.deleteProperty(kept, key)
  return kept
}

const NO_CHAT_KIND = /embed|rerank|image|audio|speech|tts|stt|transcri|moderation|feature-extraction|flumina|draft/
const CHAT_KIND = /^(?:llm|vlm|chat|language|text-generation|image-text-to-text|completion)$/

/**
 * From the model kind a server reports (LM Studio, Together, LiteLLM, Mistral, OpenRouter, Fireworks); undefined if it
 * doesn't say.
 */
function chats(entry: Entry): boolean | undefined {
  const { capabilities } = entry
  const told = first(
    parseFlag(entry.supports_chat),
    parseFlag(entry.supportsChat),
    parseFlag(toEntry(capabilities).completion_chat),
    parseFlag(toEntry(capabilities).chat),
  )
  if (told !== undefined) return told
  const kinds = [entry.type, entry.mode, entry.task, entry.pipeline_tag, entry.kind]
    .flatMap((kind) => textIn(kind) ?? [])
    .map((kind) => kind.toLowerCase().replaceAll("_", "-"))
  if (kinds.some((kind) => CHAT_KIND.test(kind))) return true
  if (kinds.some((kind) => NO_CHAT_KIND.test(kind))) return false
  if (first(parseFlag(toEntry(capabilities).embeddings), parseFlag(toEntry(capabilities).embedding))) return false
  const words = wordsIn(capabilities)
  if (words?.includes("completion") || words?.includes("chat")) return true
  if (words?.some((word) => NO_CHAT_KIND.test(word))) return false
  const families = wordsIn(toEntry(entry.details).families)
  if (families?.some((family) => /bert/.test(family))) return false
  const out = wordsIn(toEntry(entry.architecture).output_modalities) ?? modality(entry)?.[1]
  return out && !out.includes("text") ? false : undefined
}

/** OpenRouter's old format for inputs and outputs: `text+image->text`. */
function modality(entry: Entry): [string[], string[]] | undefined {
  const [, input, output] = /^([\w+]+)->([\w+]+)$/.exec(textIn(toEntry(entry.architecture).modality) ?? "") ?? []
  return input && output ? [input.split("+"), output.split("+")] : undefined
}

/** Tokens of the context window. What the server runs with takes precedence over what the model was built for. */
function contextOf(entry: Entry): number | undefined {
  const meta = toEntry(entry.meta)
  return first(
    parseCount(entry.context_length),
    parseCount(entry.contextLength),
    parseCount(entry.context_window),
    parseCount(entry.contextWindow),
    parseCount(entry.context_size),
    parseCount(entry.max_model_len),
    parseCount(entry.loaded_context_length),
    parseCount(entry.max_context_length),
    parseCount(entry.max_context_tokens),
    parseCount(entry.max_sequence_length),
    parseCount(entry.max_input_tokens),
    parseCount(toEntry(entry.model_info).max_input_tokens),
    parseCount(entry.n_ctx),
    parseCount(meta.n_ctx),
    parseCount(entry.n_ctx_train),
    parseCount(meta.n_ctx_train),
    parseCount(toEntry(entry.top_provider).context_length),
  )
}

const outputOf = (entry: Entry): number | undefined =>
  first(
    parseCount(toEntry(entry.top_provider).max_completion_tokens),
    parseCount(entry.max_completion_tokens),
    parseCount(entry.max_output_tokens),
    parseCount(entry.max_output_length),
  )

function sees(entry: Entry): boolean | undefined {
  const { capabilities, type } = entry
  const told = first(
    parseFlag(entry.supports_image_input),
    parseFlag(entry.supportsImageInput),
    parseFlag(entry.supports_vision),
    parseFlag(entry.vision),
    parseFlag(toEntry(capabilities).vision),
    parseFlag(toEntry(entry.model_info).supports_vision),
  )
  if (told !== undefined) return told
  const inputs = first(
    wordsIn(toEntry(entry.architecture).input_modalities),
    modality(entry)?.[0],
    wordsIn(entry.input_modalities),
    wordsIn(entry.modalities),
  )
  if (inputs) return inputs.includes("image")
  const words = wordsIn(capabilities)
  if (words?.some((word) => word === "vision" || word === "multimodal")) return true
  if (textIn(type)?.toLowerCase() === "vlm") return true
  return textIn(type)?.toLowerCase() === "llm" ? false : undefined
}

function usesTools(entry: Entry, parameters: string[] | undefined): boolean | undefined {
  const { capabilities } = entry
  const told = first(
    parseFlag(entry.supports_tools),
    parseFlag(entry.supportsTools),
    parseFlag(entry.supports_function_calling),
    parseFlag(toEntry(capabilities).function_calling),
    parseFlag(toEntry(capabilities).tools),
  )
  if (told !== undefined) return told
  if (parameters) return parameters.includes("tools")
  return wordsIn(capabilities)?.some((word) => word === "tools" || word === "tool_use") || undefined
}

/** OpenRouter's prices: USD per token, as strings. */
function priceOf(pricing: Entry): ModelPrice | undefined {
  const million = (value: unknown) => {
    const amount = parseAmount(value)
    // Rounded to remove floating-point noise.
    return amount === undefined ? undefined : Math.round(amount * 1e12) / 1e6
  }
  const input = million(pricing.prompt)
  const output = million(pricing.completion)
  if (input === undefined || output === undefined) return undefined
  return { input, cachedInput: million(pricing.input_cache_read) ?? input, output }
}

/** `{year, month, day}` as `2026-12-12`; undefined if incomplete. */
function isoDate(value: unknown): string | undefined {
  const { year, month, day } = toEntry(value)
  const [y, m, d] = [parseCount(year), parseCount(month), parseCount(day)]
  if (!y || !m || !d) return undefined
  const date = new Date(Date.UTC(y, m - 1, d))
  const real = date.getUTCFullYear() === y && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
  return real ? date.toISOString().slice(0, 10) : undefined
}
