/** Keywords for scalar values. */
import { isEqual, isMultiple } from "@/lib/output/schema/equal"
import { matchesFormat } from "@/lib/output/schema/formats"
import type { Keyword } from "@/lib/output/schema/keyword"

function hasType(type: unknown, value: unknown): boolean {
  if (type === "null") return value === null
  if (type === "array") return Array.isArray(value)
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value)
  if (type === "integer") return Number.isInteger(value)
  return typeof value === type
}

/** Counts code points, as JSON Schema does. */
function lengthOf(text: string): number {
  let length = 0
  for (const _sign of text) length++
  return length
}

type Compare = (value: number, limit: number) => boolean

const onNumber =
  (name: string, compare: Compare): Keyword =>
  (limit, at, evaluation) =>
    typeof at.data !== "number" || typeof limit !== "number" || compare(at.data, limit)
      ? true
      : evaluation.fail(name, at, { limit })

const onText =
  (name: string, compare: Compare): Keyword =>
  (limit, at, evaluation) =>
    typeof at.data !== "string" || typeof limit !== "number" || compare(lengthOf(at.data), limit)
      ? true
      : evaluation.fail(name, at, { limit })

export const valueKeywords: Record<string, Keyword> = {
  type: (type, at, evaluation) =>
    [type].flat().some((one) => hasType(one, at.data))
      ? true
      : evaluation.fail("type", at, { type: [type].flat().map(String) }),
  enum: (values, at, evaluation) =>
    !Array.isArray(values) || values.some((value) => isEqual(value, at.data))
      ? true
      : evaluation.fail("enum", at, { allowedValues: values }),
  const: (value, at, evaluation) =>
    isEqual(value, at.data) ? true : evaluation.fail("const", at, { allowedValue: value }),
  minimum: onNumber("minimum", (value, limit) => value >= limit),
  maximum: onNumber("maximum", (value, limit) => value <= limit),
  exclusiveMinimum: onNumber("exclusiveMinimum", (value, limit) => value > limit),
  exclusiveMaximum: onNumber("exclusiveMaximum", (value, limit) => value < limit),
  multipleOf: (of, at, evaluation) =>
    typeof at.data !== "number" || typeof of !== "number" || isMultiple(at.data, of)
      ? true
      : evaluation.fail("multipleOf", at, { multipleOf: of }),
  minLength: onText("minLength", (length, limit) => length >= limit),
  maxLength: onText("maxLength", (length, limit) => length <= limit),
  pattern: (pattern, at, evaluation) =>
    typeof at.data !== "string" || typeof pattern !== "string" || evaluation.pattern(pattern).test(at.data)
      ? true
      : evaluation.fail("pattern", at, { pattern }),
  format: (format, at, evaluation) =>
    typeof format !== "string" || !evaluation.formats || matchesFormat(format, at.data) !== false
      ? true
      : evaluation.fail("format", at, { format }),
}
