/** The input of JSON Schema keywords, and what they can call. */
import type { Schema } from "@/lib/output/schema/dialect"
import type { Resource, SchemaDocument, Target } from "@/lib/output/schema/document"
import type { Finding, Params, Place } from "@/lib/output/schema/finding"
import type { Pattern } from "@/lib/output/schema/patterns"

/** The parts of a value evaluated so far. */
export interface Seen {
  names: Set<string>
  items: Set<number>
}

export const nothingSeen = (): Seen => ({ names: new Set(), items: new Set() })

/** A value to check against a schema. */
export interface At {
  data: unknown
  place: Place | null
  schema: Schema
  resource: Resource
  /** Dynamic scope: the resources entered so far, outermost first. */
  scope: readonly Resource[]
  seen: Seen
  /** Number of schemas applied to this same value so far. */
  inPlace: number
}

export interface Evaluator {
  readonly document: SchemaDocument
  /** Whether to check `format`. */
  readonly formats: boolean
  findings: Finding[]
  /** Throws `UnusablePattern`. */
  pattern(source: string): Pattern
  /** Records a violation and returns false, for keywords to return. */
  fail(keyword: string, at: At, params?: Params): false
  /** Applies another schema to the same value. What that evaluates counts only if the value is valid. */
  same(schema: unknown, at: At, target?: Target): boolean
  /** Same, without recording violations. */
  tried(schema: unknown, at: At): boolean
  /** Applies a schema to a child value. */
  inside(schema: unknown, key: string | number, data: unknown, at: At): boolean
  /** Same, without recording violations. */
  triedInside(schema: unknown, key: string | number, data: unknown, at: At): boolean
}

/** Returns whether the value is valid; violations are recorded in the evaluation. */
export type Keyword = (value: unknown, at: At, evaluation: Evaluator) => boolean
