/** The adjustable parameters, in the ranges Fireworks accepts. */
import { MAX_OUTPUT, MAX_SEED } from "@/lib/limits"
import type { ChatSettings } from "@/lib/messages/types"

type NumberName =
  | "temperature"
  | "topP"
  | "topK"
  | "maxTokens"
  | "minP"
  | "frequencyPenalty"
  | "presencePenalty"
  | "repetitionPenalty"
  | "seed"
  | "alternatives"

export interface Parameter {
  name: NumberName
  min: number
  max: number
  step: number
  /** Position of the slider while unset; null: no slider. */
  middle: number | null
}

export const PARAMETERS: Parameter[] = [
  { name: "temperature", min: 0, max: 2, step: 0.1, middle: 1 },
  { name: "topP", min: 0, max: 1, step: 0.05, middle: 1 },
  { name: "topK", min: 0, max: 100, step: 1, middle: 50 },
  { name: "maxTokens", min: 1, max: MAX_OUTPUT, step: 1, middle: null },
]

/** Rarely needed parameters. */
export const ADVANCED: Parameter[] = [
  { name: "minP", min: 0, max: 1, step: 0.01, middle: 0 },
  { name: "frequencyPenalty", min: -2, max: 2, step: 0.1, middle: 0 },
  { name: "presencePenalty", min: -2, max: 2, step: 0.1, middle: 0 },
  { name: "repetitionPenalty", min: 0, max: 2, step: 0.05, middle: 1 },
  { name: "seed", min: 0, max: MAX_SEED, step: 1, middle: null },
  { name: "alternatives", min: 0, max: 5, step: 1, middle: null },
]

/** The typed value of a parameter, undefined for the default, or why it is invalid. */
type Typed = { value: number | undefined; wrong: null } | { wrong: "number" | "whole" | "range" }

/** Parses a typed value, with a decimal point or comma. Nothing is rounded or clamped. */
export function parseTypedNumber({ min, max, step }: Parameter, text: string): Typed {
  const typed = text.trim()
  if (typed === "") return { value: undefined, wrong: null }
  // “0.” may become 0.75.
  if (!/^[-+]?(\d+[.,]?\d*|[.,]\d+)$/.test(typed)) return { wrong: "number" }
  if (Number.isInteger(step) && !/^[-+]?\d+$/.test(typed)) return { wrong: "whole" }
  const value = Number(typed.replace(",", "."))
  return value < min || value > max ? { wrong: "range" } : { value, wrong: null }
}

/** Stop sequences, one per line: `\n` is a line feed, `\t` a tab, `\\` a backslash. */
export const parseStopSequences = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/\\([nt\\])/g, (_, sign: string) => ({ n: "\n", t: "\t" })[sign] ?? "\\"))

/** The inverse of `parseStopSequences`. */
export const formatStopSequences = (stops: string[]): string =>
  stops.map((stop) => stop.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t")).join("\n")

/** Settings without those left at their default. */
export function withoutDefaults(settings: ChatSettings): ChatSettings {
  const { systemPrompt, ...rest } = settings
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return systemPrompt?.trim() ? { systemPrompt, ...kept } : kept
}

export const isDefault = (settings: ChatSettings): boolean => Object.keys(withoutDefaults(settings)).length === 0

/** Whether any setting under “Advanced” is set. */
export const hasAdvanced = (settings: ChatSettings): boolean =>
  settings.stop !== undefined ||
  settings.safeTokens !== undefined ||
  ADVANCED.some(({ name }) => settings[name] !== undefined)
