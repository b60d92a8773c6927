/** The list of models as it is offered: searched, favourites first. Pure. */
import { DEMO_MODEL_ID, type ModelInfo, type ModelsResponse } from "@/lib/ai/model.types"

/**
 * Who answers when this model was chosen: itself, whether a list has it or not, but for the demo model, which answers only
 * where there is no other, and then alone.
 */
export function answeringModel(id: string, { models, default: fallback, notice }: ModelsResponse): string {
  const offered = models.some((model) => model.id === id)
  return !offered && (id === DEMO_MODEL_ID || notice.kind === "demo") ? fallback : id
}

/** Models whose name or id holds every word of `query`; favourites before the others, each in the server's order. */
export function offeredModels(models: ModelInfo[], query: string, favourites: string[]): ModelInfo[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = models.filter(({ id, name }) => {
    const text = `${name} ${id}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const isFavourite = ({ id }: ModelInfo) => favourites.includes(id)
  return [...found.filter(isFavourite), ...found.filter((model) => !isFavourite(model))]
}

/** A model is taken among those to compare, or taken out; what is more than `most` is not taken. */
export function togglePicked(picked: string[], id: string, most: number): string[] {
  if (picked.includes(id)) return picked.filter((other) => other !== id)
  return picked.length < most ? [...picked, id] : picked
}

/** What is picked at first: what was compared last, as far as it is still offered, else the model that answers now. */
export function firstPicked(last: string[], models: ModelInfo[], value: string): string[] {
  const offered = last.filter((id) => models.some((model) => model.id === id && !model.retired))
  return offered.length > 1 ? offered : [value]
}

/** Where a key moves to in a list of `models`; null for a key that doesn't move. Letters move where they are not typed. */
export function nextActive(key: string, active: number, models: ModelInfo[], letters: boolean): number | null {
  if (key === "ArrowDown") return Math.min(models.length - 1, active + 1)
  if (key === "ArrowUp") return Math.max(0, active - 1)
  if (!letters) return null
  if (key === "Home") return 0
  if (key === "End") return models.length - 1
  if (key.length !== 1 || key === " ") return null
  const starts = (model: ModelInfo) => model.name.toLowerCase().startsWith(key.toLowerCase())
  const after = models.findIndex((model, index) => index > active && starts(model))
  const found = after === -1 ? models.findIndex(starts) : after
  return found === -1 ? null : found
}
