/** Which models are available, and on which server. */
import { createHash } from "node:crypto"
import { modelsOf, unlisted } from "@/lib/ai/catalogue/entries"
import { markMissingModels } from "@/lib/ai/catalogue/missing"
import { type Lists, readLists, type ServerKind } from "@/lib/ai/catalogue/sources"
import { isPlausibleId } from "@/lib/ai/catalogue/values"
import { toolNames, toolTokens } from "@/lib/ai/tools"
import { type ModelSettings, modelSettings } from "@/lib/ai/upstream/key"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, type SentenceKey, sentence } from "@/lib/i18n/sentences"
import { DEFAULT_FIREWORKS_MODEL } from "@/lib/models/catalogue.data"
import { DEMO_MODEL_ID, type ModelInfo, type ModelsResponse } from "@/lib/models/model.types"
import { findModel, rowOf, wireOf } from "@/lib/models/ways"
import { singleton } from "@/lib/singleton"

/** Lists are fresh for ten minutes; after a failed read, retry after half a minute. */
const FRESH_MS = 600_000
const RETRY_MS = 30_000

interface Kept {
  until: number
  value: Promise<Catalogue>
}

interface Catalogue {
  kind: ServerKind
  models: ModelInfo[]
  lists: Lists
}

/** The part of a long list that a page gets: it fetches the rest when the list is opened. */
export interface Piece {
  /** All if omitted. */
  most?: number
  /** IDs to include wherever they are in the list, or even if they aren't. */
  shown: (string | null | undefined)[]
}

export interface ListOptions {
  piece?: Piece
  language?: Language
}

/**
 * The available models, the default one, and who answers: the full list or a piece of it. Never throws: without a list
 * from the server, the built-in one is used. `key`: a user's own API key instead of Sparkler's.
 */
export async function listModels({ piece, language }: ListOptions = {}, key?: string): Promise<ModelsResponse> {
  const read = await catalogue(key)
  const models = markMissingModels(read.models)
  const chosen = defaultModel(read.kind, models)
  const part = piece ? pieceOf(read.kind, models, { ...piece, shown: [...piece.shown, chosen] }) : models
  return {
    models: part,
    ...(piece?.most !== undefined && models.length > piece.most && { more: true }),
    default: chosen,
    ...{ uploads: true, shares: true, tools: toolNames(), toolTokens: toolTokens() },
    messageChars: config().limits.messageChars,
    outputTokens: config().limits.outputTokens ?? null,
    notice: noticeOf(read.kind, modelSettings(), language),
  }
}

function pieceOf(kind: ServerKind, models: ModelInfo[], { most, shown }: Piece): ModelInfo[] {
  const piece = models.slice(0, most)
  for (const id of shown) {
    if (!id || id === DEMO_MODEL_ID || findModel(piece, id)) continue
    const found = rowOf(models, id) ?? (kind !== "demo" && isPlausibleId(id) ? unlisted(kind, id) : null)
    if (found) piece.push(found)
  }
  return piece
}

/**
 * The model with this ID, the default one if omitted. A retired model is replaced by its successor. An unlisted ID is
 * used anyway: its server's 404 decides. Throws `model:unknown` for an impossible ID, and if the demo model is the only
 * one.
 */
export async function resolveModel(id: string | undefined, key?: string): Promise<ModelInfo> {
  const { kind, models } = await catalogue(key)
  // A conversation started with the demo model continues with the current default.
  const wanted = id === undefined || id === DEMO_MODEL_ID ? defaultModel(kind, models) : id
  const found = findModel(models, wanted)
  const current = found?.retired ? models.find((model) => model.id === found.successor) : found
  if (current) return current
  if (kind !== "demo" && isPlausibleId(wanted)) return wayOfUnlisted(unlisted(kind, wanted))
  throw new AppError("model:unknown", { values: { model: wanted }, details: { model: wanted } })
}

/** For an unlisted model, the ID only tells whether it uses priority. */
const wayOfUnlisted = (model: ModelInfo): ModelInfo =>
  wireOf(model.id).priority ? { ...model, way: "priority" } : model

/** Clears the catalogue, so that it is reloaded after a change of key or server. */
export function forgetCatalogue(): void {
  catalogues().clear()
}

/** Clears the catalogue of a user's own key. */
export function forgetCatalogueOf(key: string): void {
  catalogues().delete(nameOf(key))
}

/** How many catalogues of users' own keys are kept, in addition to Sparkler's. */
const MAX_CATALOGUES = 200

/** By hash of the key; "" is Sparkler's. In order of last use. */
const catalogues = () => singleton("catalogue", () => new Map<string, Kept>())

const nameOf = (key: string | undefined) => (key === undefined ? "" : createHash("sha256").update(key).digest("hex"))

function keep(name: string, kept: Kept): Kept {
  const known = catalogues()
  known.delete(name)
  known.set(name, kept)
  const [oldest] = [...known.keys()].filter((one) => one !== "")
  if (known.size > MAX_CATALOGUES && oldest !== undefined) known.delete(oldest)
  return kept
}

/**
 * The latest catalogue that was loaded. Never waits for a newer one: that is loaded in the background for later
 * callers.
 */
async function catalogue(key: string | undefined): Promise<Catalogue> {
  const name = nameOf(key)
  const current = catalogues().get(name)
  if (!current) return keep(name, newlyRead(key, undefined)).value
  if (current.until < Date.now()) {
    current.until = Date.now() + RETRY_MS
    const next = newlyRead(key, (await current.value).lists)
    // If the catalogue was cleared during the load, the result belongs to old settings.
    void next.value.then(() => catalogues().get(name) === current && keep(name, next))
  }
  return current.value
}

const settingsWith = (key: string | undefined): ModelSettings =>
  key === undefined ? modelSettings() : { ...modelSettings(), apiKey: key }

function newlyRead(key: string | undefined, before: Lists | undefined): Kept {
  const value = readCatalogue(settingsWith(key), before)
  const kept: Kept = { until: Date.now() + RETRY_MS, value }
  void value.then(({ lists }) => {
    kept.until = Date.now() + (lists.fresh ? FRESH_MS : RETRY_MS)
  })
  return kept
}

async function readCatalogue(settings: ModelSettings, before: Lists | undefined): Promise<Catalogue> {
  const lists = await readLists(settings, before)
  return { kind: lists.kind, models: modelsOf(lists, settings), lists }
}

/** For servers without a list: those that serve a single model accept any name. */
const ANY_NAME = "default"

function defaultModel(kind: ServerKind, models: ModelInfo[]): string {
  if (kind === "demo") return DEMO_MODEL_ID
  const { defaultModel: configured } = config()
  // With a local Ollama, the setting may name a model of another server whose key is still missing.
  if (configured && !(kind === "ollama" && !findModel(models, configured))) return configured
  const offered = models.filter(({ retired, own, missing }) => !(retired || own || missing))
  const preferred = kind === "fireworks" ? offered.find((model) => model.id === DEFAULT_FIREWORKS_MODEL) : undefined
  return (preferred ?? offered[0])?.id ?? (kind === "fireworks" ? DEFAULT_FIREWORKS_MODEL : ANY_NAME)
}

const NOTICES = {
  fireworks: "notice:fireworks",
  demo: "notice:demo",
  ollama: "notice:ollama",
  compatible: "notice:compatible",
} satisfies Record<ServerKind, SentenceKey>

function noticeOf(
  kind: ServerKind,
  { baseUrl, ollamaUrl }: ModelSettings,
  language: Language | undefined,
): ModelsResponse["notice"] {
  if (kind === "fireworks" || kind === "demo")
    return { kind, host: null, text: renderSentence(sentence(NOTICES[kind]), language) }
  const { host } = new URL(kind === "ollama" ? ollamaUrl : baseUrl)
  return { kind, host, text: renderSentence(sentence(NOTICES[kind], { host }), language) }
}
