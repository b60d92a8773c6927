"use client"

import { useMemo, useSyncExternalStore } from "react"
import { api } from "@/components/base/api"
import { browserStorage, readJson } from "@/components/base/storage"
import type { ModelInfo, ModelsResponse } from "@/lib/models/model.types"
import { rowOf } from "@/lib/models/ways"

const KEY = "sparkler:typed-models"
const MOST_TYPED = 30

/** What this tab knows of models beside what its page was sent. */
interface Known {
  /** The whole list, once the picker was opened where it is long, or has ids that were typed. */
  all: ModelsResponse | null
  /** What the person has said here of which models see. */
  sight: ReadonlyMap<string, boolean>
}

const NOTHING: Known = { all: null, sight: new Map() }
let known = NOTHING
const listeners = new Set<() => void>()

function tell(next: Partial<Known>): void {
  known = { ...known, ...next }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The models as this tab knows them. */
export function useKnownModels(sent: ModelsResponse): ModelsResponse {
  const { all, sight } = useSyncExternalStore(
    subscribe,
    () => known,
    () => NOTHING,
  )
  return useMemo(() => {
    // With another key others may answer.
    const list = all?.notice.kind === sent.notice.kind ? all.models : sent.models
    const models = list.map((model) => {
      const images = sight.get(model.id)
      return images === undefined ? model : { ...model, images, imagesGuessed: undefined, imagesSet: true }
    })
    return { ...sent, models }
  }, [sent, all, sight])
}

/** Ids that were typed in this browser, newest first. */
export function typedModels(): string[] {
  const value = readJson(browserStorage, KEY)
  return Array.isArray(value) ? value.filter((id) => typeof id === "string").slice(0, MOST_TYPED) : []
}

export function rememberTyped(id: string): void {
  const ids = [id, ...typedModels().filter((other) => other !== id)].slice(0, MOST_TYPED)
  browserStorage.setItem(KEY, JSON.stringify(ids))
}

/** Fetches what the page was not sent: the rest of a long list, and what is known of typed ids. Nothing is lost if it fails. */
export async function fetchRest(models: ModelsResponse): Promise<void> {
  const typed = typedModels().filter((id) => !rowOf(models.models, id))
  if (!models.more && typed.length === 0) return
  const query = new URLSearchParams(typed.map((id) => ["with", id]))
  const answer = await api(`/api/models?${query}`).catch(() => null)
  if (isModels(answer)) tell({ all: answer })
}

const isModels = (value: unknown): value is ModelsResponse =>
  typeof value === "object" && value !== null && "models" in value && Array.isArray(value.models)

/** The person says whether a model sees. Throws `ApiError`, and takes it back then. */
export async function saySight(models: ModelInfo[], id: string, images: boolean): Promise<void> {
  const row = rowOf(models, id)?.id ?? id
  const before = known.sight
  tell({ sight: new Map(before).set(row, images) })
  try {
    await api("/api/models", { method: "PATCH", body: { model: row, images } })
  } catch (error) {
    tell({ sight: before })
    throw error
  }
}
