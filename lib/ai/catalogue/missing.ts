/** Remembers for a while which models their server doesn't have; not longer, because lists and accounts change. */
import type { ModelInfo } from "@/lib/models/model.types"
import { singleton } from "@/lib/singleton"

const MISSING_MS = 600_000
const MOST = 1_000

/** Expiry time by ID. */
const missing = () => singleton("missingModels", () => new Map<string, number>())

/** The server has answered 404 for this id. */
export function recordMissingModel(id: string): void {
  const known = missing()
  if (known.size >= MOST) known.clear()
  known.set(id, Date.now() + MISSING_MS)
}

/** The model has answered. */
export function recordAnsweredModel(id: string): void {
  missing().delete(id)
}

const isMissing = (id: string): boolean => (missing().get(id) ?? 0) > Date.now()

/** Marks missing models, and removes missing ways of serving one. */
export function markMissingModels(models: ModelInfo[]): ModelInfo[] {
  if (missing().size === 0) return models
  return models.map((model) => {
    const gone = isMissing(model.id)
    const ways = model.ways?.filter(({ kind, id }) => kind === "standard" || !isMissing(id))
    return gone || ways?.length !== model.ways?.length ? { ...model, ways, missing: gone || undefined } : model
  })
}
