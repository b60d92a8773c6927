/**
 * Who pays for a person's questions: their own API key where they have one in use and the operator allows it, else
 * Sparkler's. A key of their own is never passed over in silence: what can't be read or is refused is an error.
 */
import { type ListOptions, listModels, resolveModel } from "@/lib/ai/catalogue/catalogue"
import { config } from "@/lib/config"
import { ownKeyOf } from "@/lib/db/people/own-keys"
import { keepPersonsKeyHidden } from "@/lib/hide-keys"
import { AppError } from "@/lib/http/errors"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { operatorSettings } from "@/lib/operator/settings"
import { PURPOSES, unseal } from "@/lib/seal"

/** What the sealing key is for. */
export const PURPOSE = PURPOSES.ownKey

/** The key by which this person's questions are paid; undefined: Sparkler's. Throws `own_key:unreadable`. */
export async function ownKeyInUse(userId: string): Promise<string | undefined> {
  if (!(await operatorSettings()).ownKeys) return undefined
  const row = await ownKeyOf(userId)
  if (!row?.inUse) return undefined
  const key = openKey(row.sealed)
  if (key === null) throw new AppError("own_key:unreadable")
  return key
}

/** Null: it can't be read, since `AUTH_SECRET` is another one. */
export function openKey(sealed: string): string | null {
  try {
    const key = unseal(sealed, config().authSecret, PURPOSE)
    keepPersonsKeyHidden(key)
    return key
  } catch {
    return null
  }
}

/** The model of that id for this person, as `resolveModel` finds it. */
export const modelOf = async (userId: string, id: string | undefined): Promise<ModelInfo> =>
  resolveModel(id, await ownKeyInUse(userId))

/** The models that this person (null: nobody) may ask. With a key that can't be read, those of Sparkler's. */
export async function modelsOfPayer(userId: string | null, options: ListOptions = {}): Promise<ModelsResponse> {
  const key = userId === null ? undefined : await ownKeyInUse(userId).catch(() => undefined)
  const listed = await listModels(options, key)
  if (userId === null || !(await operatorSettings()).ownKeys) return listed
  const row = await ownKeyOf(userId)
  return { ...listed, ownKey: row ? (row.inUse ? "used" : "unused") : "none" }
}
