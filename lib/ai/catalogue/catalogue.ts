/** Which models can be asked, on which server. */
import { createHash } from "node:crypto"
import { modelsOf, unlisted } from "@/lib/ai/catalogue/entries"
import { withMissing } from "@/lib/ai/catalogue/missing"
import { type Lists, readLists, type ServerKind } from "@/lib/ai/catalogue/sources"
import { isPlausibleId } from "@/lib/ai/catalogue/values"
import { toolNames, toolTokens } from "@/lib/ai/tools"
import { type ModelSettings, modelSettings } from "@/lib/ai/upstream/key"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { inWords, type SentenceKey, sentence } from "@/lib/i18n/sentences"
import { DEFAULT_FIREWORKS_MODEL } from "@/lib/models/catalogue.data"
import { DEMO_MODEL_ID, type ModelInfo, type ModelsResponse } from "@/lib/models/model.types"
import { findModel, rowOf, wireOf } from "@/lib/models/ways"
import { singleton } from "@/lib/singleton"

/** Lists are good for ten minutes; where one could not be read, it is tried again after half a minute. */
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

/** What a page is sent of a long list: the rest is fetched when the list is opened. */
export interface Piece {
  /** All when left out. */
  most?: number
  /** Ids that are shown, in whatever place of the list they are, and in none. */
  shown: (string | null | undefined)[]
}

export interface ListOptions {
  piece?: Piece
  language?: Language
}

/**
 * The models on offer, the default one, and who answers: all, or a piece of them. Never throws: without a list of the
 * server the shipped one serves. `key`: a person's own API key, in place of Sparkler's.
 */
export async function listModels({ piece, language }: ListOptions = {}, key?: string): Promise<ModelsResponse> {
  const read = await catalogue(key)
  const models = withMissing(read.models)
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
 * The model of that id, the default one when left out. A retired one is answered for by its successor. What no list has
 * is asked for all the same: its server's 404 is the judge. Throws `model:unknown` for what can be no id, and where the
 * demo model is the only one.
 */
export async function resolveModel(id: string | undefined, key?: string): Promise<ModelInfo> {
  const { kind, models } = await catalogue(key)
  // What the demo model has begun, whoever answers now goes on with.
  const wanted = id === undefined || id === DEMO_MODEL_ID ? defaultModel(kind, models) : id
  const found = findModel(models, wanted)
  const current = found?.retired ? models.find((model) => model.id === found.successor) : found
  if (current) return current
  if (kind !== "demo" && isPlausibleId(wanted)) return wayOfUnlisted(unlisted(kind, wanted))
  throw new AppError("model:unknown", { values: { model: wanted }, details: { model: wanted } })
}

/** Of a model that no list has, only priority can be told from its id. */
const wayOfUnlisted = (model: ModelInfo): ModelInfo =>
  wireOf(model.id).priority ? { ...model, way: "priority" } : model

/** What is known of the models is forgotten and read anew: the key or the server has changed. */
export function forgetCatalogue(): void {
  catalogues().clear()
}

/** The same for a person's own key. */
export function forgetCatalogueOf(key: string): void {
  catalogues().delete(nameOf(key))
}

/** Catalogues of persons' own keys that are kept beside Sparkler's. */
const MOST_CATALOGUES = 200

/** By the hash of the key; "" is Sparkler's. In the order in which they were last asked for. */
const catalogues = () => singleton("catalogue", () => new Map<string, Kept>())

const nameOf = (key: string | undefined) => (key === undefined ? "" : createHash("sha256").update(key).digest("hex"))

function keep(name: string, kept: Kept): Kept {
  const known = catalogues()
  known.delete(name)
  known.set(name, kept)
  const [oldest] = [...known.keys()].filter((one) => one !== "")
  if (known.size > MOST_CATALOGUES && oldest !== undefined) known.delete(oldest)
  return kept
}

/** The newest catalogue that was read. Nobody waits for a newer one: it is read beside, and serves who comes next. */
async function catalogue(key: string | undefined): Promise<Catalogue> {
  const name = nameOf(key)
  const current = catalogues().get(name)
  if (!current) return keep(name, newlyRead(key, undefined)).value
  if (current.until < Date.now()) {
    current.until = Date.now() + RETRY_MS
    const next = newlyRead(key, (await current.value).lists)
    // Forgotten meanwhile: what is read belongs to other settings.
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

/** Where a server lists nothing: those that serve a single model take any name. */
const ANY_NAME = "default"

function defaultModel(kind: ServerKind, models: ModelInfo[]): string {
  if (kind === "demo") return DEMO_MODEL_ID
  const { defaultModel: configured } = config()
  // On this machine it may name a model of the server that a key is still missing for.
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
    return { kind, host: null, text: inWords(sentence(NOTICES[kind]), language) }
  const { host } = new URL(kind === "ollama" ? ollamaUrl : baseUrl)
  return { kind, host, text: inWords(sentence(NOTICES[kind], { host }), language) }
}
