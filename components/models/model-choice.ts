/** The list of models as it is offered: searched, favorites first. Pure. */
import { DEMO_MODEL_ID, type ModelInfo, type ModelsResponse } from "@/lib/models/model.types"
import { findModel, rowOf } from "@/lib/models/ways"

/**
 * Who answers when this model was chosen: itself, whether a list has it or not, but for the demo model, which answers only
 * where there is no other, and then alone.
 */
export function answeringModel(id: string, { models, default: fallback, notice }: ModelsResponse): string {
  const offered = models.some((model) => model.id === id)
  return !offered && (id === DEMO_MODEL_ID || notice.kind === "demo") ? fallback : id
}

/**
 * Models whose name or id holds every word of `query`: favorites first (also ways of a model), then the others, each in
 * the server's order, and the account's own last. An id that no model has, and that may be one, stands at the end.
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

/** The id that is being typed; null when it can be none, or is known. */
function typedId(models: ModelInfo[], query: string): string | null {
  const id = query.trim()
  const known = findModel(models, id) || models.every(({ upstream }) => upstream === "demo")
  // Ids of Fireworks are paths.
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

/** Which of these ids is chosen by a row: that of the model itself, or a way of it that has no row of its own as a favorite. */
export const idOfRow = (
  ids: string[],
  { id }: ModelInfo,
  models: ModelInfo[],
  favorites: string[],
): string | undefined => ids.find((one) => one === id || (rowOf(models, one)?.id === id && !favorites.includes(one)))

/**
 * What can be chosen. One that is retired is named where it is used, and no longer offered; one that its server did not
 * have a while ago is: it may have it by now.
 */
export const choosable = (models: ModelInfo[], used: string | undefined): ModelInfo[] =>
  models.filter(({ id, retired, withheld }) => !(retired || withheld) || id === used)

/** A model is taken among those to compare, or taken out; what is more than `most` is not taken. */
export function togglePicked(picked: string[], id: string, most: number): string[] {
  if (picked.includes(id)) return picked.filter((other) => other !== id)
  return picked.length < most ? [...picked, id] : picked
}

/** A way of a model takes the place of the one that was picked of it; none: it is taken beside the others. */
export function pickWay(picked: string[], old: string | undefined, way: string, most: number): string[] {
  if (picked.includes(way)) return picked
  return old === undefined ? togglePicked(picked, way, most) : picked.map((id) => (id === old ? way : id))
}

/** What is picked at first: what was compared last, as far as it is still offered, else the model that answers now. */
export function firstPicked(last: string[], models: ModelInfo[], value: string): string[] {
  const offered = last.filter((id) => findModel(models, id)?.retired === false)
  return offered.length > 1 ? offered : [value]
}

/** The next model whose name begins with the letter of a key, from the one at `active` on and around. */
export function nextByLetter(key: string, active: number, models: ModelInfo[]): ModelInfo | undefined {
  if (key.length !== 1 || key === " ") return undefined
  const starts = ({ name }: ModelInfo) => name.toLowerCase().startsWith(key.toLowerCase())
  return models.slice(active + 1).find(starts) ?? models.find(starts)
}
