/** Which models can be asked, on which server. */
import { z } from "zod"
import { DEFAULT_FIREWORKS_MODEL, DEMO_MODEL_ID, KNOWN_MODELS, type KnownModel } from "@/lib/ai/catalogue.data"
import { type ModelSettings, modelSettings } from "@/lib/ai/key"
import type { ModelInfo, ModelsResponse } from "@/lib/ai/model.types"
import { toolNames } from "@/lib/ai/tools"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import { logInfo } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** `GET {base}/models`, leniently: servers other than Fireworks send the id only. */
const listing = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      supports_chat: z.boolean().nullish(),
      supports_image_input: z.boolean().nullish(),
      supports_tools: z.boolean().nullish(),
      context_length: z.number().nullish(),
    }),
  ),
})
type Listed = z.infer<typeof listing>["data"][number]

const LIST_TIMEOUT_MS = 4_000
const PROBE_TIMEOUT_MS = 400
/** A listing is good for ten minutes; a failed one is tried again after half a minute. */
const FRESH_MS = 600_000
const RETRY_MS = 30_000
const MAX_LISTING_BYTES = 4_000_000

interface Kept {
  until: number
  value: Promise<Catalogue>
}

interface Catalogue {
  kind: ModelsResponse["notice"]["kind"]
  models: ModelInfo[]
  /** The server's own list was read. */
  listed: boolean
}

/** The models on offer, the default one, and who answers. Never throws: without a listing the shipped list serves. */
export async function listModels(): Promise<ModelsResponse> {
  const { kind, models } = await catalogue()
  return {
    models,
    default: defaultModel(kind, models),
    tools: toolNames(),
    messageChars: config().limits.messageChars,
    notice: { kind, text: noticeText(kind, modelSettings()) },
  }
}

/**
 * The model of that id, the default one when left out. A retired one is answered for by its successor.
 * Throws `model:unknown` when no server here has it.
 */
export async function resolveModel(id: string | undefined): Promise<ModelInfo> {
  const { kind, models } = await catalogue()
  const wanted = id ?? defaultModel(kind, models)
  const found = models.find((model) => model.id === wanted)
  const current = found?.retired ? models.find((model) => model.id === found.successor) : found
  if (current) return current
  throw new AppError("model:unknown", `The model “${wanted}” is not available here. Choose another one.`, {
    details: { model: wanted },
  })
}

const keptCatalogue = () => singleton<{ current?: Kept; forgotten: number }>("catalogue", () => ({ forgotten: 0 }))

/** The key is another one: who asks next waits for a catalogue that is read with it. */
export function forgetCatalogue(): void {
  const kept = keptCatalogue()
  kept.forgotten++
  kept.current = undefined
}

/** The newest catalogue that was read. Nobody waits for a newer one: it is read beside, and serves who comes next. */
async function catalogue(): Promise<Catalogue> {
  const kept = keptCatalogue()
  const { current, forgotten } = kept
  if (current && current.until >= Date.now()) return current.value
  const next: Kept = { until: Date.now() + RETRY_MS, value: readCatalogue(modelSettings()) }
  const read = next.value.then((value) => {
    next.until = Date.now() + (value.listed ? FRESH_MS : RETRY_MS)
    // What was asked with another key may come late.
    if (kept.forgotten === forgotten) kept.current = next
  })
  if (!current) {
    kept.current = next
    return next.value
  }
  current.until = Date.now() + RETRY_MS
  read.catch(() => undefined)
  return current.value
}

async function readCatalogue(settings: ModelSettings): Promise<Catalogue> {
  const { apiKey, baseUrl, baseUrlSet, accountUrl } = settings
  // Fireworks answers nobody without a key.
  if (apiKey || (baseUrlSet && !isFireworks(settings))) {
    const listed = await fetchListing(baseUrl, LIST_TIMEOUT_MS, apiKey).catch((error: unknown) => {
      logInfo(`The model list of ${new URL(baseUrl).host} can't be read (${String(error)}); the shipped list serves.`)
      const refused = error instanceof ListingError && [401, 403].includes(error.status)
      return !apiKey && (refused || accountUrl) ? "needs a key" : null
    })
    const kind = isFireworks(settings) ? "fireworks" : "compatible"
    if (listed !== "needs a key") return { kind, models: merge(kind, listed, settings), listed: listed !== null }
  }
  const local = await fetchListing(`${settings.ollamaUrl}/v1`, PROBE_TIMEOUT_MS).catch(() => null)
  if (local && local.length > 0)
    return { kind: "ollama", models: local.map((entry) => other("ollama", entry)), listed: true }
  return { kind: "demo", models: [DEMO], listed: false }
}

/** A key without another address means Fireworks; another address is only Fireworks when its host says so. */
function isFireworks({ apiKey, baseUrl, baseUrlSet }: ModelSettings): boolean {
  return !baseUrlSet || /(^|\.)fireworks\.ai$/.test(new URL(baseUrl).hostname) || Boolean(apiKey?.startsWith("fw"))
}

class ListingError extends Error {
  constructor(readonly status: number) {
    super(`status ${status}`)
  }
}

async function fetchListing(baseUrl: string, timeoutMs: number, apiKey?: string): Promise<Listed[]> {
  const response = await fetch(`${baseUrl}/models`, {
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
    signal: AbortSignal.timeout(timeoutMs),
    redirect: "error",
  })
  if (!response.ok) throw new ListingError(response.status)
  const text = await response.text()
  if (text.length > MAX_LISTING_BYTES) throw new Error("the list is too large")
  return listing.parse(JSON.parse(text)).data.filter((entry) => entry.supports_chat !== false)
}

/** The shipped models where the server lists them (all, when it lists nothing), then what else it lists. */
function merge(kind: "fireworks" | "compatible", listed: Listed[] | null, settings: ModelSettings): ModelInfo[] {
  const known = KNOWN_MODELS.map(shipped)
  if (kind === "compatible") {
    const named = [settings.defaultModel, settings.visionModel].filter((id) => id !== undefined)
    const entries = listed ?? named.map((id) => ({ id }))
    return entries.map((entry) => other(kind, entry))
  }
  if (!listed || listed.length === 0) return known
  const byId = new Map(listed.map((entry) => [entry.id, entry]))
  const kept = known.flatMap((model) => {
    const entry = byId.get(model.id)
    if (model.retired) return [entry ? { ...model, retired: false } : model]
    return entry ? [refresh(model, entry)] : []
  })
  const ids = new Set(KNOWN_MODELS.map((model) => model.id))
  const rest = listed.filter((entry) => !ids.has(entry.id)).map((entry) => other(kind, entry))
  return [...kept, ...rest]
}

const refresh = (model: ModelInfo, entry: Listed): ModelInfo => ({
  ...model,
  contextTokens: entry.context_length ?? model.contextTokens,
  images: entry.supports_image_input ?? model.images,
  tools: entry.supports_tools ?? model.tools,
})

function shipped({ successor, ...model }: KnownModel): ModelInfo {
  return {
    ...model,
    upstream: "fireworks",
    retired: successor !== undefined,
    successor: successor ?? null,
    deprecation: null,
  }
}

const VISION_NAME = /vision|[-_]?vl\b|llava|gemma-?3|pixtral|moondream|minicpm-v|qwen.*vl/i

/** A model that only its server knows. Whether it sees is told by the listing, else guessed from its name. */
function other(upstream: "fireworks" | "compatible" | "ollama", entry: Listed): ModelInfo {
  return {
    id: entry.id,
    name: entry.id.split("/").at(-1) ?? entry.id,
    upstream,
    contextTokens: entry.context_length ?? null,
    outputTokens: null,
    images: entry.supports_image_input ?? VISION_NAME.test(entry.id),
    tools: entry.supports_tools ?? true,
    efforts: null,
    price: null,
    retired: false,
    successor: null,
    deprecation: null,
  }
}

const DEMO: ModelInfo = {
  id: DEMO_MODEL_ID,
  name: "Sparkler demo",
  upstream: "demo",
  contextTokens: 131_072,
  outputTokens: 131_072,
  images: true,
  tools: true,
  efforts: ["none", "low", "medium", "high"],
  price: null,
  retired: false,
  successor: null,
  deprecation: null,
}

function defaultModel(kind: Catalogue["kind"], models: ModelInfo[]): string {
  const { defaultModel: configured } = config()
  if (configured) return configured
  const offered = models.filter((model) => !model.retired)
  const preferred = kind === "fireworks" ? offered.find((model) => model.id === DEFAULT_FIREWORKS_MODEL) : undefined
  return (preferred ?? offered[0])?.id ?? DEFAULT_FIREWORKS_MODEL
}

function noticeText(kind: Catalogue["kind"], { baseUrl, ollamaUrl }: ModelSettings): string {
  const howTo = "To use Fireworks AI, put FIREWORKS_API_KEY=… into .env.local and start Sparkler again."
  if (kind === "fireworks") return "Answers come from Fireworks AI."
  if (kind === "compatible") return `Answers come from the model server at ${new URL(baseUrl).host}.`
  if (kind === "ollama") return `No key is set, so answers come from Ollama at ${new URL(ollamaUrl).host}. ${howTo}`
  return `No key is set, so a small built-in demo model answers. It is not an AI: it computes its answers by simple rules. ${howTo}`
}
