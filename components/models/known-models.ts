"use client"

import { useMemo } from "react"
import { api } from "@/components/base/api"
import { Store, useStore } from "@/components/base/store"
import { typedModels } from "@/components/models/model-preferences"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { rowOf } from "@/lib/models/ways"

/** What this tab knows about models beyond what its page was sent. */
interface Known {
  /** The full list, once the picker was opened and the list is long or includes typed ids. */
  all: ModelsResponse | null
  /** The user's corrections of which models accept images. */
  sight: ReadonlyMap<string, boolean>
}

const NOTHING: Known = { all: null, sight: new Map() }
const known = new Store(NOTHING)
const learn = (next: Partial<Known>) => known.set({ ...known.get(), ...next })

/** The models as known in this tab. */
export function useKnownModels(sent: ModelsResponse): ModelsResponse {
  const { all, sight } = useStore(known, () => NOTHING)
  return useMemo(() => {
    // With a different key, different models may be available.
    const list = all?.notice.kind === sent.notice.kind ? all.models : sent.models
    const models = list.map((model) => {
      const images = sight.get(model.id)
      return images === undefined ? model : { ...model, images, imagesGuessed: undefined, imagesSet: true }
    })
    return { ...sent, models }
  }, [sent, all, sight])
}

/** Fetches what the page was not sent: the rest of a long list, and data on typed ids. Failures are harmless. */
export async function fetchRemainingModels(models: ModelsResponse): Promise<void> {
  const typed = typedModels.get().filter((id) => !rowOf(models.models, id))
  if (!models.more && typed.length === 0) return
  const query = new URLSearchParams(typed.map((id) => ["with", id]))
  const answer = await api(`/api/models?${query}`).catch(() => null)
  if (isModels(answer)) learn({ all: answer })
}

/** A newer list than the fetched one is available. */
export const clearRemainingModels = () => learn({ all: null })

const isModels = (value: unknown): value is ModelsResponse =>
  typeof value === "object" && value !== null && "models" in value && Array.isArray(value.models)

/** Saves whether a model accepts images. Throws `ApiError` after reverting. */
export async function saveImageSupport(models: ModelInfo[], id: string, images: boolean): Promise<void> {
  const row = rowOf(models, id)?.id ?? id
  const before = known.get().sight
  learn({ sight: new Map(before).set(row, images) })
  try {
    await api("/api/models", { method: "PATCH", body: { model: row, images } })
  } catch (error) {
    learn({ sight: before })
    throw error
  }
}
