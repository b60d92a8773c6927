/** Builds the offered models from the built-in ones and the fetched lists. Pure. */
import type { Owned } from "@/lib/ai/catalogue/account"
import type { Listed } from "@/lib/ai/catalogue/listed"
import { isChatModelName, isVisionModelName } from "@/lib/ai/catalogue/names"
import type { Lists } from "@/lib/ai/catalogue/sources"
import type { ModelSettings } from "@/lib/ai/upstream/key"
import { KNOWN_MODELS, type KnownModel } from "@/lib/models/catalogue.data"
import { DEMO_MODEL_ID, type ModelInfo } from "@/lib/models/model.types"
import { findModel, waysOf } from "@/lib/models/ways"

/** All models in these lists, plus those named in the settings. */
export function modelsOf(lists: Lists, settings: ModelSettings): ModelInfo[] {
  const { kind } = lists
  if (kind === "demo") return [DEMO]
  const listed = kind === "fireworks" ? fireworksModels(lists, settings.baseUrl) : otherModels(kind, lists.base ?? [])
  const named = [settings.defaultModel, settings.visionModel].filter((id) => id !== undefined)
  const missing = [...new Set(named)].filter((id) => !findModel(listed, id))
  return [...listed, ...missing.map((id) => unlisted(kind, id))]
}

/** A model that no list contains, but that was requested. */
export const unlisted = (upstream: "fireworks" | "compatible" | "ollama", id: string): ModelInfo =>
  other(upstream, { id })

/**
 * The built-in models updated from the lists, then those only in the lists, then the account's own. A list never
 * removes a model; a listed model is not retired.
 */
function fireworksModels({ base, serverless, owned }: Lists, baseUrl: string): ModelInfo[] {
  const listed = new Map<string, Listed>()
  for (const entry of [...(base ?? []), ...(serverless ?? [])])
    listed.set(entry.id, { ...listed.get(entry.id), ...entry })
  const own = new Map((owned ?? []).map((entry) => [entry.id, entry]))
  const known = KNOWN_MODELS.map((model) => {
    const entry = listed.get(model.id)
    return entry ? refresh({ ...shipped(model), retired: false }, entry) : shipped(model)
  })
  const shippedIds = new Set(known.map(({ id }) => id))
  const more = [...listed.values()]
    .filter(({ id }) => !shippedIds.has(id) && !own.has(id))
    .filter(isChat)
    .map((entry) => other("fireworks", entry))
  const all = [...known, ...more]
    .filter(({ id }) => listed.get(id)?.chat !== false)
    .map((model) => withWays(model, baseUrl))
  return [...all, ...[...own.values()].map((entry) => ownModel(entry, all))]
}

function withWays(model: ModelInfo, baseUrl: string): ModelInfo {
  const ways = model.retired ? [] : waysOf(model.id, model.price, baseUrl)
  return ways.length > 0 ? { ...model, ways } : model
}

/** Chat models only; all models if, by name, none of them seems to chat. */
function otherModels(kind: "compatible" | "ollama", listed: Listed[]): ModelInfo[] {
  const chatting = listed.filter(isChat)
  const offered = chatting.length > 0 ? chatting : listed.filter(({ chat }) => chat !== false)
  return offered.map((entry) => other(kind, entry))
}

const isChat = ({ id, chat }: Listed): boolean => chat ?? isChatModelName(id)

const refresh = (model: ModelInfo, entry: Listed): ModelInfo => ({
  ...model,
  contextTokens: entry.contextTokens ?? model.contextTokens,
  outputTokens: entry.outputTokens ?? model.outputTokens,
  images: entry.images ?? model.images,
  tools: entry.tools ?? model.tools,
  price: entry.price ?? model.price,
  deprecation: entry.deprecation ?? model.deprecation,
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

/** A model of the account has its base model's features, and no price per token. */
function ownModel({ own, base, ...entry }: Owned, models: ModelInfo[]): ModelInfo {
  const made = other("fireworks", entry)
  const of = models.find(({ id }) => id === base)
  if (!of) return { ...made, own }
  const { images, tools, efforts, outputTokens } = of
  const seen = entry.images ?? images
  const contextTokens = made.contextTokens ?? of.contextTokens
  return { ...made, own, images: seen, imagesGuessed: undefined, tools, efforts, outputTokens, contextTokens }
}

/** A model that only its server knows. Whether it sees comes from the server, or else is guessed from the name. */
function other(upstream: "fireworks" | "compatible" | "ollama", entry: Listed): ModelInfo {
  return {
    id: entry.id,
    name: entry.name ?? nameOf(entry.id),
    upstream,
    contextTokens: entry.contextTokens ?? null,
    outputTokens: entry.outputTokens ?? null,
    images: entry.images ?? isVisionModelName(entry.id),
    ...(entry.images === undefined && { imagesGuessed: true }),
    tools: entry.tools ?? true,
    efforts: entry.efforts ?? null,
    price: entry.price ?? null,
    retired: false,
    successor: null,
    deprecation: entry.deprecation ?? null,
  }
}

/** The last segment of a path, without what it runs on. */
const nameOf = (id: string): string => (id.split(/[#?]/)[0] ?? id).split("/").at(-1) || id

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
