const KEY = "sparkler:compared-models"

/** Ids of the models that were compared last in this browser; none when nothing can be read. */
export function comparedModels(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]")
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : []
  } catch {
    return []
  }
}

export function rememberCompared(ids: string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(ids))
  } catch {
    // Without storage they are chosen anew the next time.
  }
}
