/** The parameters that can be set, in the ranges that Fireworks accepts. */
import type { ChatSettings } from "@/lib/chat/types"

type NumberName = "temperature" | "topP" | "topK" | "maxTokens"

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

/** What was typed for a parameter: its value, undefined for the default, or why it can't be one. */
type Typed = { value: number | undefined; wrong: null } | { wrong: "number" | "whole" | "range" }

/** Reads what was typed, with a point or a comma before the decimals. Nothing is rounded or brought into the range. */
export function readTyped({ min, max, step }: Parameter, text: string): Typed {
  const typed = text.trim()
  if (typed === "") return { value: undefined, wrong: null }
  // “0.” is on its way to 0.75.
  if (!/^[-+]?(\d+[.,]?\d*|[.,]\d+)$/.test(typed)) return { wrong: "number" }
  if (Number.isInteger(step) && !/^[-+]?\d+$/.test(typed)) return { wrong: "whole" }
  const value = Number(typed.replace(",", "."))
  return value < min || value > max ? { wrong: "range" } : { value, wrong: null }
}

/** Settings without what is left at its default. */
export function withoutDefaults(settings: ChatSettings): ChatSettings {
  const { systemPrompt, ...rest } = settings
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return systemPrompt?.trim() ? { systemPrompt, ...kept } : kept
}

export const isDefault = (settings: ChatSettings): boolean => Object.keys(withoutDefaults(settings)).length === 0
