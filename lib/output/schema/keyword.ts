/** What the keywords of JSON Schema are given, and what they can ask for. */
import type { Schema } from "@/lib/output/schema/dialect"
import type { Resource, SchemaDocument, Target } from "@/lib/output/schema/document"
import type { Finding, Params, Place } from "@/lib/output/schema/finding"
import type { Pattern } from "@/lib/output/schema/patterns"

/** Which parts of a value a schema and its parts have evaluated. */
export interface Seen {
  names: Set<string>
  items: Set<number>
}

export const nothingSeen = (): Seen => ({ names: new Set(), items: new Set() })

/** One value, checked by one schema. */
export interface At {
  data: unknown
  place: Place | null
  schema: Schema
  resource: Resource
  /** Resources on the way here, outermost first. */
  scope: readonly Resource[]
  seen: Seen
  /** Schemas that checked this value on the way here. */
  inPlace: number
}

export interface Evaluator {
  readonly document: SchemaDocument
  /** Whether values are checked by `format`. */
  readonly formats: boolean
  findings: Finding[]
  /** Throws `UnusablePattern`. */
  pattern(source: string): Pattern
  /** Notes what doesn't fit; false, for keywords to return. */
  fail(keyword: string, at: At, params?: Params): false
  /** The same value, by another schema. What that evaluates counts only if the value fits. */
  same(schema: unknown, at: At, target?: Target): boolean
  /** The same value, without noting what doesn't fit. */
  tried(schema: unknown, at: At): boolean
  /** A value inside this one. */
  inside(schema: unknown, key: string | number, data: unknown, at: At): boolean
  /** A value inside this one, without noting what doesn't fit. */
  triedInside(schema: unknown, key: string | number, data: unknown, at: At): boolean
}

/** True where the value fits the keyword; what doesn't is noted in the evaluation. */
export type Keyword = (value: unknown, at: At, evaluation: Evaluator) => boolean
