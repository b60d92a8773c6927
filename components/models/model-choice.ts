/** The model list as offered: searched, favorites first. Pure. */
import { DEMO_MODEL_ID, type ModelInfo, type ModelsResponse } from "@/lib/models/model.types"
import { findModel, rowOf } from "@/lib/models/ways"

/**
 * The model that answers when this one is selected: itself, listed or not, except the demo model, which answers only,
 * and then exclusively, where there is no other.
 */
export function answeringModel(id: string, { models, default: fallback, notice }: ModelsResponse): string {
  const offered = models.some((model) => model.id === id)
  return !offered && (id === DEMO_MODEL_ID || notice.kind === "demo") ? fallback : id
}

/**
 * Models whose name or id contains every word of `query`: favorites first (including ways of a model), then the others
 * in the server's order, the account's own last. A possible id that no model has is appended.
 */
export function offeredModels(models: ModelInfo[], query: string, favorites: string[]): ModelInfo[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ id, name, way }: ModelInfo) => {
    const text = `${name} ${way ?? ""} ${id}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const kept = favorites.flatMap((id) => findModel(models, id) ?? []).filter(({ retired }) => !retired)
  const others = models.filter(({ id }) => !favorites.includes(id))
  const found = [...kept, ...others.filter(({ own }) => !own), ...others.filter(({ own }) => own)].filter(fits)
  const typed = typedId(models, query)
  return typed ? [...found, typedModel(typed, models)] : found
}

/** The id being typed; null when it can't be one or is known. */
function typedId(models: ModelInfo[], query: string): string | null {
  const id = query.trim()
  const known = findModel(models, id) || models.every(({ upstream }) => upstream === "demo")
  // Fireworks ids are paths.
  const short = models.some(
    ({ upstream, name }) => upstream === "fireworks" || name.toLowerCase().startsWith(id.toLowerCase()),
  )
  return id.length >= 3 && /^[^\s"'<>]+$/.test(id) && !known && (id.includes("/") || !short) ? id : null
}

/** A model of which only the id is known. */
const typedModel = (id: string, [other]: ModelInfo[]): ModelInfo => ({
  ...{ id, name: id, upstream: other?.upstream ?? "compatible", contextTokens: null, outputTokens: null },
  ...{ images: false, imagesGuessed: true, tools: true, efforts: null, price: null },
  ...{ retired: false, successor: null, deprecation: null },
})

/** The selected id of a row: the model's own, or a way of it that has no favorite row of its own. */
export const idOfRow = (
  ids: string[],
  { id }: ModelInfo,
  models: ModelInfo[],
  favorites: string[],
): string | undefined => ids.find((one) => one === id || (rowOf(models, one)?.id === id && !favorites.includes(one)))

/**
 * The selectable models. A retired one is shown where it is in use but not offered; one its server recently lacked is
 * offered, since it may be back.
 */
export const choosable = (models: ModelInfo[], used: string | undefined): ModelInfo[] =>
  models.filter(({ id, retired, withheld }) => !(retired || withheld) || id === used)

/** Adds a model to those compared, or removes it; adds none beyond `most`. */
export function togglePicked(picked: string[], id: string, most: number): string[] {
  if (picked.includes(id)) return picked.filter((other) => other !== id)
  return picked.length < most ? [...picked, id] : picked
}

/** Replaces the picked way of a model with another; without one, adds it. */
export function pickWay(picked: string[], old: string | undefined, way: string, most: number): string[] {
  if (picked.includes(way)) return picked
  return old === undefined ? togglePicked(picked, way, most) : picked.map((id) => (id === old ? way : id))
}

/** The initial picks: those last compared if still offered, else the current model. */
export function firstPicked(last: string[], models: ModelInfo[], value: string): string[] {
  const offered = last.filter((id) => findModel(models, id)?.retired === false)
  return offered.length > 1 ? offered : [value]
}

/** The next model whose name starts with the typed letter, searching from `active` and wrapping around. */
export function nextByLetter(key: string, active: number, models: ModelInfo[]): ModelInfo | undefined {
  if (key.length !== 1 || key === " ") return undefined
  const starts = ({ name }: ModelInfo) => name.toLowerCase().startsWith(key.toLowerCase())
  return models.slice(active + 1).find(starts) ?? models.find(starts)
}
