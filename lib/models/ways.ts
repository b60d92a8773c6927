/**
 * Fireworks' serving options, and how each is requested (fireworks-api.md, “Ways to be served”). Routers and spot
 * models have their own ids; options without an id are appended to one as `?service_tier=priority` or `?fallback=none`.
 * Pure; safe to import on both sides.
 */
import type { ModelInfo, ModelPrice, ModelWay, WayKind } from "@/lib/models/model.types"

const router = (name: string) => `accounts/fireworks/routers/${name}`
const model = (name: string) => `accounts/fireworks/models/${name}`

const price = (input: number, cachedInput: number, output: number): ModelPrice => ({ input, cachedInput, output })

/** Faster routers, with their prices. */
const FAST: Record<string, ModelPrice> = {
  "kimi-k3": price(4.5, 0.45, 22.5),
  "glm-5p3": price(2.1, 0.39, 6.6),
}
const SPOT = new Set(["kimi-k3", "glm-5p3", "deepseek-v4p1-flash"])
/** Spot prices aren't listed: approximately this many percent less. */
const SPOT_LESS = 30
const US = new Set(["kimi-k3", "glm-5p3", "glm-5p3-flash"])
const US_FACTOR = 1.5
/** The newest of a family, by the model that it currently is. */
const LATEST: Record<string, string> = {
  "glm-5p3": "glm-latest",
  "glm-5p3-flash": "glm-flash-latest",
  "kimi-k3": "kimi-latest",
  "deepseek-v4p1-flash": "deepseek-flash-latest",
  "qwen3p8-max": "qwen-max-latest",
  "minimax-m3": "minimax-latest",
}
const US_HOST = { of: "api.fireworks.ai", is: "us.api.fireworks.ai" }

const PRIORITY = "?service_tier=priority"
const NO_FALLBACK = "?fallback=none"
const SERVERLESS = /^accounts\/fireworks\/models\/([^/?#]+)$/
const SPOT_ID = /^(accounts\/fireworks\/models\/[^/?#]+)-spot$/
const US_ID = /^accounts\/fireworks\/routers\/[^/?#]+-us$/

/**
 * The US address for a base address. Null unless the address is Fireworks' own, so that a key goes to no other site.
 */
export function usBaseUrl(baseUrl: string): string | null {
  const url = new URL(baseUrl)
  if (url.protocol !== "https:" || url.host !== US_HOST.of) return null
  url.host = US_HOST.is
  return url.href.replace(/\/+$/, "")
}

/** The serving options of a serverless Fireworks model, standard first; empty for anything else. */
export function waysOf(id: string, standard: ModelPrice | null, baseUrl: string): ModelWay[] {
  const name = SERVERLESS.exec(id)?.[1]
  if (!name) return []
  const fast = FAST[name]
  const latest = LATEST[name]
  return [
    { kind: "standard", id, price: standard },
    ...(fast ? [{ kind: "fast" as const, id: router(`${name}-fast`), price: fast }] : []),
    { kind: "priority", id: `${id}${PRIORITY}`, price: null },
    ...(SPOT.has(name)
      ? [{ kind: "spot" as const, id: model(`${name}-spot`), price: null, aboutLess: SPOT_LESS }]
      : []),
    ...(US.has(name) && usBaseUrl(baseUrl)
      ? [{ kind: "us" as const, id: router(`${name}-us`), price: standard && times(standard, US_FACTOR) }]
      : []),
    ...(latest ? [{ kind: "latest" as const, id: router(latest), price: null }] : []),
  ]
}

/** Rounds off floating-point errors. */
const times = ({ input, cachedInput, output }: ModelPrice, factor: number): ModelPrice => {
  const rounded = (amount: number) => Math.round(amount * factor * 1e6) / 1e6
  return price(rounded(input), rounded(cachedInput), rounded(output))
}

/** What is sent for an id. */
export interface Wire {
  model: string
  priority: boolean
  /** Uses the US address. */
  us: boolean
  /** The standard id to fall back to if spot has no capacity; null: no fallback. */
  fallback: string | null
}

/** What is sent for a Fireworks id. */
export function wireOf(id: string): Wire {
  const priority = id.endsWith(PRIORITY)
  const strict = id.endsWith(NO_FALLBACK)
  const bare = bareId(id)
  return {
    model: bare,
    priority,
    us: US_ID.test(bare),
    fallback: strict ? null : (SPOT_ID.exec(bare)?.[1] ?? null),
  }
}

/**
 * Approximately how many percent cheaper than standard an id's option is, if that is all that is known about its price.
 */
export const approximateDiscount = (id: string): number | null => (SPOT_ID.test(bareId(id)) ? SPOT_LESS : null)

/** Whether an id belongs to Fireworks, where every model has a price. */
export const isPriced = (id: string): boolean => id.startsWith("accounts/")

/** Sets whether an id falls back to standard if spot has no capacity. */
export const withFallback = (id: string, falls: boolean): string => (falls ? bareId(id) : `${bareId(id)}${NO_FALLBACK}`)

export const hasFallback = (id: string): boolean => wireOf(id).fallback !== null

const bareId = (id: string): string =>
  [PRIORITY, NO_FALLBACK].reduce((rest, end) => (rest.endsWith(end) ? rest.slice(0, -end.length) : rest), id)

/** The model of an id, with the id's serving option applied; undefined if no model or option has this id. */
export function findModel(models: ModelInfo[], id: string): ModelInfo | undefined {
  const found = models.find((one) => one.id === id)
  if (found) return found
  const wanted = id.endsWith(NO_FALLBACK) ? bareId(id) : id
  for (const one of models) {
    const way = one.ways?.find((other) => other.id === wanted)
    if (way) return { ...one, id, price: way.price, way: way.kind, missing: undefined }
  }
  return undefined
}

/** The row of the list that an id belongs to. */
export const rowOf = (models: ModelInfo[], id: string): ModelInfo | undefined => {
  const found = findModel(models, id)
  return found?.ways ? models.find((one) => one.id === found.ways?.[0]?.id) : found
}

/** The option and model that answered instead of the requested one, as named by the server. */
export function servedBy(models: ModelInfo[], asked: ModelInfo, served: string): ModelInfo {
  if (served === wireOf(asked.id).model) return asked
  return findModel(models, served) ?? asked
}

export type { WayKind }
