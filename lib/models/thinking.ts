/** How much a model thinks: the words on the wire, and those that people choose from. Safe to import on both sides. */

/** Values of `reasoning_effort`, weakest first (fireworks-api.md, “Thinking, by model”). */
export const EFFORTS = ["none", "low", "medium", "high", "xhigh", "max"] as const
export type Effort = (typeof EFFORTS)[number]

/** What people choose from, weakest first. */
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

/** What is asked of a model of which nothing is known. */
const PLAIN: Record<ThinkingLevel, Effort> = { off: "none", low: "low", medium: "medium", high: "high", max: "high" }

/** The levels that a model has, weakest first. `efforts` null (not known): those that most servers know. */
export function levelsOf(efforts: Effort[] | null): ThinkingLevel[] {
  if (!efforts) return ["off", "low", "medium", "high"]
  return THINKING_LEVELS.filter((level) => efforts.some((effort) => LEVEL_OF[effort] === level))
}

/**
 * The effort to send for a chosen level: its own, else the nearest that the model takes, the stronger of two that are
 * as near. Undefined when the model doesn't think.
 */
export function effortFor(efforts: Effort[] | null, level: ThinkingLevel): Effort | undefined {
  if (!efforts) return PLAIN[level]
  const wanted = THINKING_LEVELS.indexOf(level)
  const distance = (effort: Effort) => Math.abs(THINKING_LEVELS.indexOf(LEVEL_OF[effort]) - wanted)
  return efforts.toReversed().toSorted((a, b) => distance(a) - distance(b))[0]
}

/** The level that a model thinks at when this one is chosen; undefined when it doesn't think. */
export function levelUsed(efforts: Effort[] | null, chosen: ThinkingLevel): ThinkingLevel | undefined {
  const effort = effortFor(efforts, chosen)
  return effort && LEVEL_OF[effort]
}

/** The least that a model takes, for what needs no thought. Undefined: it doesn't think, or nothing is known of it. */
export const leastEffort = (efforts: Effort[] | null): Effort | undefined => efforts?.[0]

/** Whether nothing of an answer's tokens goes into thinking when the least is asked for. */
export const canBeOff = (efforts: Effort[] | null): boolean =>
  efforts !== null && (efforts.length === 0 || efforts.includes("none"))

/** Tokens that thinking may take where the least is asked for: a bound, most tasks need a tenth of it. */
const RESERVES: Record<Effort, number> = {
  none: 0,
  low: 4_000,
  medium: 8_000,
  high: 16_000,
  xhigh: 32_000,
  max: 32_000,
}

/** Tokens to leave for a model's thinking beside what is asked of it, when the least of it is asked for. */
export function thinkingReserve(efforts: Effort[] | null): number {
  if (!efforts) return RESERVES.low
  return RESERVES[leastEffort(efforts) ?? "none"]
}
