import { browserStorage, readJson } from "@/components/base/storage"

const KEY = "sparkler:favourite-models"

/** Ids of the models that this browser keeps on top; none when nothing can be read. */
export function favouriteModels(): string[] {
  const value = readJson(browserStorage, KEY)
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : []
}

/** Keeps a model on top from now on, or no longer. Returns the ids that are kept. */
export function toggleFavourite(id: string): string[] {
  const known = favouriteModels()
  const next = known.includes(id) ? known.filter((other) => other !== id) : [...known, id]
  browserStorage.setItem(KEY, JSON.stringify(next))
  return next
}
