/** The models that can answer a question again. Pure. */
import type { ModelInfo, ModelWay } from "@/lib/models/model.types"
import { findModel, rowOf } from "@/lib/models/ways"

/** Models offered before the full list. */
const MAX_OFFERED = 6
/** Minimum offered if available, even if none is a favorite or was used recently. */
const MIN_OFFERED = 3

interface Asked {
  models: ModelInfo[]
  /** The chat's model. */
  current: string
  /** The answer's model. */
  answered: string | undefined
  favorites: string[]
  /** Recently used, newest first. */
  recent: string[]
  /** The question has images. */
  images: boolean
}

/** The answer's own model, favorites, and recently used ones; without the chat's model, which needs no choosing. */
export function againModels({ models, current, answered, favorites, recent, images }: Asked): ModelInfo[] {
  const fits = (model: ModelInfo) =>
    !(model.retired || model.missing) && (!images || model.images || model.imagesGuessed === true)
  const known = [answered ?? current, ...favorites, ...recent].flatMap((id) => findModel(models, id) ?? [])
  const offered = unique(known.filter((model) => model.id !== current && fits(model)))
  const others = models.filter((model) => !model.own && model.id !== rowOf(models, current)?.id && fits(model))
  const filled = offered.length < MIN_OFFERED ? unique([...offered, ...others]).slice(0, MIN_OFFERED) : offered
  return filled.slice(0, MAX_OFFERED)
}

/** The other ways the model of an id is served. */
export const otherWays = (models: ModelInfo[], id: string): ModelWay[] =>
  (rowOf(models, id)?.ways ?? []).filter((way) => way.id !== id)

const unique = (models: ModelInfo[]): ModelInfo[] => [...new Map(models.map((model) => [model.id, model])).values()]
