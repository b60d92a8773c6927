/**
 * Limits of one answer. Answers share this process with others, so what a model server sends must be bounded; the user
 * is told which limit was reached, and everything received is kept.
 */

import { AppError } from "@/lib/http/errors"
import { type JsonShape, MAX_JSON_DEPTH } from "@/lib/json-shape"

export const ANSWER_LIMITS = {
  /**
   * Characters of text, reasoning, and arguments, over all steps: about a million tokens. Storing more would block this
   * process for too long.
   */
  characters: 4_000_000,
  /** Sections of text and of reasoning, and tool calls, over all steps. */
  parts: 2_000,
  /** Tool calls per step. */
  callsAStep: 1_024,
  /** Characters of one call's arguments, their nesting depth, and number of values. */
  argumentCharacters: 400_000,
  argumentLevels: MAX_JSON_DEPTH,
  argumentValues: 20_000,
}

/** Names in the sentence catalogue. */
type Limited = "characters" | "parts" | "calls" | "arguments" | "levels" | "values"

/** Tracks the limits of an answer. Each call throws `upstream:limit` if more has arrived than is left. */
export class AnswerBudget {
  private characters = 0
  private parts = 0
  private calls = 0
  private kind = ""
  /** IDs of its calls and of earlier turns' calls: servers that restart counting with each answer repeat them. */
  readonly callIds = new Set<string>()
  /** The limit that was reached and ended the answer. */
  met: AppError | null = null

  constructor(private readonly limits = ANSWER_LIMITS) {}

  /** Starts a step, with a new count of calls. */
  beginStep(): void {
    this.calls = 0
    this.kind = ""
  }

  /** How many of these characters still fit. */
  fitting(length: number): number {
    return Math.min(length, this.limits.characters - this.characters)
  }

  takeText(kind: string, length: number): void {
    if (kind !== this.kind) this.takePart()
    this.kind = kind
    this.takeCharacters(length)
  }

  takeCall(): void {
    if (++this.calls > this.limits.callsAStep) this.meet(this.limits.callsAStep, "calls")
    this.kind = "call"
    this.takePart()
  }

  /** `whole`: characters of the call's arguments so far, including these. */
  takeArguments(length: number, whole: number): void {
    if (whole > this.limits.argumentCharacters) this.meet(this.limits.argumentCharacters, "arguments")
    this.takeCharacters(length)
  }

  /** `shape`: of one call's arguments so far. */
  takeShape({ deepest, values }: JsonShape): void {
    const { argumentLevels, argumentValues } = this.limits
    if (deepest > argumentLevels) this.meet(argumentLevels, "levels")
    if (values > argumentValues) this.meet(argumentValues, "values")
  }

  private takePart(): void {
    if (++this.parts > this.limits.parts) this.meet(this.limits.parts, "parts")
  }

  private takeCharacters(length: number): void {
    this.characters += length
    if (this.characters > this.limits.characters) this.meet(this.limits.characters, "characters")
  }

  private meet(count: number, what: Limited): never {
    this.met = new AppError("upstream:limit", { values: { count, what } })
    throw this.met
  }
}
