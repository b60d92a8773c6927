const KEY = "sparkler:model"

/** The model chosen last in this browser; null when none was, or when nothing can be stored. */
export function preferredModel(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export function preferModel(id: string): void {
  try {
    localStorage.setItem(KEY, id)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
