/**
 * How much one answer may be. Whoever asks shares this process with others, so what a model server sends has an end;
 * the person is told which one was met, and what came is kept.
 */

import { AppError } from "@/lib/http/errors"
import { type JsonShape, MOST_LEVELS } from "@/lib/json-shape"

export const ANSWER_LIMITS = {
  /**
   * Characters of text, thinking and arguments, over all steps: a million tokens. What is more would stop this process
   * for too long when it is stored.
   */
  characters: 4_000_000,
  /** Stretches of text and of thinking, and tool calls, over all steps. */
  parts: 2_000,
  /** Tool calls in one step. */
  callsAStep: 1_024,
  /** Characters of one call's arguments, levels of lists and objects in them, and values. */
  argumentCharacters: 400_000,
  argumentLevels: MOST_LEVELS,
  argumentValues: 20_000,
}

/** Names in the catalogue's sentence. */
type Limited = "characters" | "parts" | "calls" | "arguments" | "levels" | "values"

/** What is left of an answer's limits. Each call throws `upstream:limit` when more has come than is left. */
export class AnswerBudget {
  private characters = 0
  private parts = 0
  private calls = 0
  private kind = ""
  /** Ids of its calls, and of those of the turns before: servers that count anew with each answer say them twice. */
  readonly callIds = new Set<string>()
  /** The limit that was met: the answer has ended there. */
  met: AppError | null = null

  constructor(private readonly limits = ANSWER_LIMITS) {}

  /** A step begins: its calls are counted anew. */
  beginStep(): void {
    this.calls = 0
    this.kind = ""
  }

  /** How many of these characters may still come. */
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

  /** `whole`: characters of the call's arguments so far, these included. */
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
