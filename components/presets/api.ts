/** API for presets and prompts. All functions throw `ApiError` with a message for the user. */

import { api, unexpected } from "@/components/base/api"
import { updateDefaultPreset } from "@/components/presets/default-preset"
import { isRecord } from "@/lib/is-record"
import type { NewPreset, Preset, PresetChange, Prompt, PromptChange } from "@/lib/presets/types"

// Our own server's responses: a shallow check is enough to tell them apart.
const isPreset = (value: unknown): value is Preset =>
  isRecord(value) && typeof value.id === "string" && typeof value.name === "string" && isRecord(value.settings)
const isPrompt = (value: unknown): value is Prompt =>
  isRecord(value) && [value.id, value.command, value.text].every((member) => typeof member === "string")

/** Oldest first. */
export async function fetchPresets(): Promise<Preset[]> {
  const answer = await api("/api/presets")
  if (!isRecord(answer) || !Array.isArray(answer.presets) || !answer.presets.every(isPreset)) throw unexpected()
  updateDefaultPreset(answer.presets)
  return answer.presets
}

/** Idempotent; restores a deleted one. */
export const keepPreset = ({ id, name, model, settings, output, isDefault }: NewPreset) =>
  api("/api/presets", { method: "POST", body: { id, name, model, settings, output, isDefault } })
export const changePreset = (id: string, change: PresetChange) =>
  api(`/api/presets/${id}`, { method: "PATCH", body: change })
export const removePreset = (id: string) => api(`/api/presets/${id}`, { method: "DELETE" })

/** Sorted by command. */
export async function fetchPrompts(): Promise<Prompt[]> {
  const answer = await api("/api/prompts")
  if (!isRecord(answer) || !Array.isArray(answer.prompts) || !answer.prompts.every(isPrompt)) throw unexpected()
  return answer.prompts
}

export const savePrompt = (prompt: Prompt) => api("/api/prompts", { method: "POST", body: prompt })
export const changePrompt = (id: string, change: PromptChange) =>
  api(`/api/prompts/${id}`, { method: "PATCH", body: change })
export const removePrompt = (id: string) => api(`/api/prompts/${id}`, { method: "DELETE" })
