/**
 * Which key pays for a person's questions: their own API key if it is in use and the operator allows it, else
 * Sparkler's. There is no silent fallback from a personal key: if it can't be read or is rejected, that is an error.
 */
import { type ListOptions, listModels, resolveModel } from "@/lib/ai/catalogue/catalogue"
import { config } from "@/lib/config"
import { ownKeyOf } from "@/lib/db/people/own-keys"
import { AppError } from "@/lib/http/errors"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { operatorSettings } from "@/lib/operator/settings"
import { registerPersonalKey } from "@/lib/redact-keys"
import { PURPOSES, unseal } from "@/lib/seal"

/** The purpose of the encryption key. */
export const PURPOSE = PURPOSES.ownKey

/** The key that pays for this person's questions; undefined: Sparkler's. Throws `own_key:unreadable`. */
export async function ownKeyInUse(userId: string): Promise<string | undefined> {
  if (!(await operatorSettings()).ownKeys) return undefined
  const row = await ownKeyOf(userId)
  if (!row?.inUse) return undefined
  const key = openKey(row.sealed)
  if (key === null) throw new AppError("own_key:unreadable")
  return key
}

/** Null: it can't be read, because `AUTH_SECRET` has changed. */
export function openKey(sealed: string): string | null {
  try {
    const key = unseal(sealed, config().authSecret, PURPOSE)
    registerPersonalKey(key)
    return key
  } catch {
    return null
  }
}

/** The model with this id for this person, as `resolveModel` finds it. */
export const modelOf = async (userId: string, id: string | undefined): Promise<ModelInfo> =>
  resolveModel(id, await ownKeyInUse(userId))

/** The models that this person (null: nobody) may use. If their key can't be read, those of Sparkler's key. */
export async function modelsOfPayer(userId: string | null, options: ListOptions = {}): Promise<ModelsResponse> {
  const key = userId === null ? undefined : await ownKeyInUse(userId).catch(() => undefined)
  const listed = await listModels(options, key)
  if (userId === null || !(await operatorSettings()).ownKeys) return listed
  const row = await ownKeyOf(userId)
  return { ...listed, ownKey: row ? (row.inUse ? "used" : "unused") : "none" }
}
