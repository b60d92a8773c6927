/** The parameters that can be set, in the ranges that Fireworks accepts. */
import type { ChatSettings } from "@/lib/chat/types"

export type NumberName = "temperature" | "topP" | "topK" | "maxTokens"

export interface Parameter {
  name: NumberName
  min: number
  max: number
  step: number
  /** Where the slider stands while nothing is set. */
  middle: number
}

export const PARAMETERS: Parameter[] = [
  { name: "temperature", min: 0, max: 2, step: 0.1, middle: 1 },
  { name: "topP", min: 0, max: 1, step: 0.05, middle: 1 },
  { name: "topK", min: 0, max: 100, step: 1, middle: 50 },
  { name: "maxTokens", min: 1, max: 131_072, step: 1, middle: 8_192 },
]

/** The nearest value that a parameter may have; undefined for what is no number. */
export function readValue({ min, max, step }: Parameter, text: string): number | undefined {
  const value = Number(text)
  if (text.trim() === "" || !Number.isFinite(value)) return undefined
  const within = Math.min(max, Math.max(min, value))
  return Number.isInteger(step) ? Math.round(within) : Math.round(within * 100) / 100
}

/** Settings without what is left at its default. */
export function withoutDefaults(settings: ChatSettings): ChatSettings {
  const { systemPrompt, ...rest } = settings
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return systemPrompt?.trim() ? { systemPrompt, ...kept } : kept
}

export const isDefault = (settings: ChatSettings): boolean => Object.keys(withoutDefaults(settings)).length === 0
