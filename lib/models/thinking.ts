/** Thinking levels: the values on the wire, and those that people choose from. Safe to import on both sides. */

/** Values of `reasoning_effort`, weakest first (fireworks-api.md, “Thinking, by model”). */
export const EFFORTS = ["none", "low", "medium", "high", "xhigh", "max"] as const
export type Effort = (typeof EFFORTS)[number]

/** The levels that people choose from, weakest first. */
export const THINKING_LEVELS = ["off", "low", "medium", "high", "max"] as const
export type ThinkingLevel = (typeof THINKING_LEVELS)[number]

const LEVEL_OF: Record<Effort, ThinkingLevel> = {
  none: "off",
  low: "low",
  medium: "medium",
  high: "high",
  xhigh: "max",
  max: "max",
}

/** The values for a model about which nothing is known. */
const PLAIN: Record<ThinkingLevel, Effort> = { off: "none", low: "low", medium: "medium", high: "high", max: "high" }

/** A model's levels, weakest first. `efforts` null (not known): those that most servers support. */
export function levelsOf(efforts: Effort[] | null): ThinkingLevel[] {
  if (!efforts) return ["off", "low", "medium", "high"]
  return THINKING_LEVELS.filter((level) => efforts.some((effort) => LEVEL_OF[effort] === level))
}

/**
 * The effort to send for a chosen level: its own, else the nearest that the model supports (the stronger of two equally
 * near). Undefined if the model doesn't think.
 */
export function effortFor(efforts: Effort[] | null, level: ThinkingLevel): Effort | undefined {
  if (!efforts) return PLAIN[level]
  const wanted = THINKING_LEVELS.indexOf(level)
  const distance = (effort: Effort) => Math.abs(THINKING_LEVELS.indexOf(LEVEL_OF[effort]) - wanted)
  return efforts.toReversed().toSorted((a, b) => distance(a) - distance(b))[0]
}

/** The level that a model uses when this one is chosen; undefined if it doesn't think. */
export function levelUsed(efforts: Effort[] | null, chosen: ThinkingLevel): ThinkingLevel | undefined {
  const effort = effortFor(efforts, chosen)
  return effort && LEVEL_OF[effort]
}

/**
 * The lowest effort that a model supports, for simple tasks. Undefined: it doesn't think, or nothing is known about it.
 */
export const minEffort = (efforts: Effort[] | null): Effort | undefined => efforts?.[0]

/** Whether thinking uses no tokens at the lowest effort. */
export const canBeOff = (efforts: Effort[] | null): boolean =>
  efforts !== null && (efforts.length === 0 || efforts.includes("none"))

/** Upper bound of tokens for thinking at the lowest effort; most tasks need a tenth of it. */
const RESERVES: Record<Effort, number> = {
  none: 0,
  low: 4_000,
  medium: 8_000,
  high: 16_000,
  xhigh: 32_000,
  max: 32_000,
}

/** Tokens to reserve for a model's thinking at its lowest effort, in addition to the answer. */
export function thinkingReserve(efforts: Effort[] | null): number {
  if (!efforts) return RESERVES.low
  return RESERVES[minEffort(efforts) ?? "none"]
}
