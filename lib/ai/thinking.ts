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
