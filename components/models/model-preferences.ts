/** Model preferences in this browser. */
import { asStringList, asText, Preference } from "@/components/base/preference"

/** The last selected model; "" when none was. */
export const preferredModel = new Preference({ key: "sparkler:model", initial: "", form: asText })

/** Ids of favorites. */
export const favoriteModels = new Preference<string[]>({
  key: "sparkler:favourite-models",
  initial: [],
  form: asStringList(1_000),
})

/** Ids of the models last compared. */
export const comparedModels = new Preference<string[]>({
  key: "sparkler:compared-models",
  initial: [],
  form: asStringList(8),
})

/** Typed ids, newest first. */
export const typedModels = new Preference<string[]>({
  key: "sparkler:typed-models",
  initial: [],
  form: asStringList(30),
})

/** Dismissed model notices, newest first. */
export const readModelNotices = new Preference<string[]>({
  key: "sparkler:model-notices-read",
  initial: [],
  form: asStringList(50),
})

/** Adds or removes a favorite. */
export function toggleFavorite(id: string): void {
  const known = favoriteModels.get()
  favoriteModels.set(known.includes(id) ? known.filter((other) => other !== id) : [...known, id])
}

export const rememberTyped = (id: string): void =>
  typedModels.set([id, ...typedModels.get().filter((other) => other !== id)])
