import { browserStorage, readJson } from "@/components/base/storage"

const KEY = "sparkler:compared-models"

/** Ids of the models that were compared last in this browser. */
export function comparedModels(): string[] {
  const value = readJson(browserStorage, KEY)
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : []
}

export const rememberCompared = (ids: string[]): void => void browserStorage.setItem(KEY, JSON.stringify(ids))
