/**
 * Ways to be served by Fireworks, and what each is on the wire (fireworks-api.md, “Ways to be served”). Ids of routers and
 * of spot models are ids of their own; what is no id on the wire is added to one as `?service_tier=priority` or
 * `?fallback=none`. Pure; safe to import on both sides.
 */
import type { ModelInfo, ModelPrice, ModelWay, WayKind } from "@/lib/models/model.types"

const router = (name: string) => `accounts/fireworks/routers/${name}`
const model = (name: string) => `accounts/fireworks/models/${name}`

const price = (input: number, cachedInput: number, output: number): ModelPrice => ({ input, cachedInput, output })

/** Routers that answer faster, with their prices. */
const FAST: Record<string, ModelPrice> = {
  "kimi-k3": price(4.5, 0.45, 22.5),
  "glm-5p3": price(2.1, 0.39, 6.6),
}
const SPOT = new Set(["kimi-k3", "glm-5p3", "deepseek-v4p1-flash"])
/** Spot has no list of prices: roughly so many per cent less. */
const SPOT_LESS = 30
const US = new Set(["kimi-k3", "glm-5p3", "glm-5p3-flash"])
const US_FACTOR = 1.5
/** The newest of a family, by the model that it is today. */
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

/** The US address for a base address; null where only Fireworks' own has one: a key goes to no other site. */
export function usBaseUrl(baseUrl: string): string | null {
  const url = new URL(baseUrl)
  if (url.protocol !== "https:" || url.host !== US_HOST.of) return null
  url.host = US_HOST.is
  return url.href.replace(/\/+$/, "")
}

/** The ways of a serverless model of Fireworks, standard first; none for anything else. */
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

/** Without the dust of floating point. */
const times = ({ input, cachedInput, output }: ModelPrice, factor: number): ModelPrice => {
  const rounded = (amount: number) => Math.round(amount * factor * 1e6) / 1e6
  return price(rounded(input), rounded(cachedInput), rounded(output))
}

/** What is sent for an id. */
export interface Wire {
  model: string
  priority: boolean
  /** Served from the US address. */
  us: boolean
  /** The standard id that answers where spot has no room; null: nothing falls back. */
  fallback: string | null
}

/** What an id of Fireworks is on the wire. */
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

/** Per cent that the way of an id costs less than standard, roughly, where that is all that is known of its price. */
export const aboutLessOf = (id: string): number | null => (SPOT_ID.test(bareId(id)) ? SPOT_LESS : null)

/** Is an id one of Fireworks, which asks money for each? */
export const isPriced = (id: string): boolean => id.startsWith("accounts/")

/** Falls back to standard where spot has no room, or does not. */
export const withFallback = (id: string, falls: boolean): string => (falls ? bareId(id) : `${bareId(id)}${NO_FALLBACK}`)

export const fallsBack = (id: string): boolean => wireOf(id).fallback !== null

const bareId = (id: string): string =>
  [PRIORITY, NO_FALLBACK].reduce((rest, end) => (rest.endsWith(end) ? rest.slice(0, -end.length) : rest), id)

/** The model of an id, as the way that the id means; undefined when no model and no way has it. */
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

/** What answered, in place of what was asked for: the way and model that a server names. */
export function servedBy(models: ModelInfo[], asked: ModelInfo, served: string): ModelInfo {
  if (served === wireOf(asked.id).model) return asked
  return findModel(models, served) ?? asked
}

export type { WayKind }
