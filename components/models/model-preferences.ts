/** What was chosen of models in this browser. */
import { asText, asTexts, Preference } from "@/components/base/preference"

/** The model chosen last; "" when none was. */
export const preferredModel = new Preference({ key: "sparkler:model", initial: "", form: asText })

/** Ids of those that are kept on top. */
export const favoriteModels = new Preference<string[]>({
  key: "sparkler:favourite-models",
  initial: [],
  form: asTexts(1_000),
})

/** Ids of those that were compared last. */
export const comparedModels = new Preference<string[]>({
  key: "sparkler:compared-models",
  initial: [],
  form: asTexts(8),
})

/** Ids that were typed, newest first. */
export const typedModels = new Preference<string[]>({ key: "sparkler:typed-models", initial: [], form: asTexts(30) })

/** What has been said of a model and was dismissed, newest first. */
export const readModelNotices = new Preference<string[]>({
  key: "sparkler:model-notices-read",
  initial: [],
  form: asTexts(50),
})

/** Keeps a model on top from now on, or no longer. */
export function toggleFavorite(id: string): void {
  const known = favoriteModels.get()
  favoriteModels.set(known.includes(id) ? known.filter((other) => other !== id) : [...known, id])
}

export const rememberTyped = (id: string): void =>
  typedModels.set([id, ...typedModels.get().filter((other) => other !== id)])
