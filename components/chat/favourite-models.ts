const KEY = "sparkler:favourite-models"

/** Ids of the models that this browser keeps on top; none when nothing can be read. */
export function favouriteModels(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]")
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : []
  } catch {
    return []
  }
}

/** Keeps a model on top from now on, or no longer. Returns the ids that are kept. */
export function toggleFavourite(id: string): string[] {
  const known = favouriteModels()
  const next = known.includes(id) ? known.filter((other) => other !== id) : [...known, id]
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Without storage the choice lasts as long as the list is open.
  }
  return next
}
