/** A value as an input field: what may be typed, and the JSON it produces. Pure. */
import { JsonNumber } from "@/lib/output/json-source"
import { momentText } from "@/lib/output/view/moments"
import { onlyType, type Shape, typeOf } from "@/lib/output/view/shape"

export type FieldKind =
  | "boolean"
  | "option"
  | "number"
  | "integer"
  | "date"
  | "time"
  | "date-time"
  | "email"
  | "url"
  | "text"

/** What is wrong with the input; the page has a sentence for each. */
export type FieldProblem = Exclude<FieldKind, "boolean" | "option" | "text">

/** The kind of field for a value, from its schema or else from the value; null if it has children. */
export function fieldKind(value: unknown, shape: Shape): FieldKind | null {
  if (shape.options) return "option"
  const type = onlyType(shape) ?? (shape.types && value === undefined ? null : typeOf(value))
  if (type === "boolean" || type === "integer" || type === "number") return shapeIsOpen(shape) ? openNumber(type) : type
  if (type !== "string") return type === "null" || (type === undefined && !shape.members.size) ? "text" : null
  const { format } = shape
  if (format === "date" || format === "time" || format === "date-time" || format === "email") return format
  return format === "uri" || format === "url" ? "url" : "text"
}

const shapeIsOpen = ({ types }: Shape) => types === null
/** Without a schema, an integer may be replaced by any number. */
const openNumber = (type: "boolean" | "integer" | "number"): FieldKind => (type === "boolean" ? type : "number")

export const allowsNull = (value: unknown, { types, options }: Shape): boolean =>
  types ? types.has("null") : (options?.includes(null) ?? value === null)

/** The field's initial text. */
export function fieldText(value: unknown): string {
  if (value === undefined || value === null) return ""
  return value instanceof JsonNumber ? value.source : String(value)
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const INTEGER = /^-?(?:0|[1-9]\d*)$/

/** Why a text isn't a valid value of this kind. */
export function fieldProblem(kind: FieldKind, text: string): FieldProblem | null {
  const is = (kind: FieldProblem, fits: boolean) => (fits ? null : kind)
  switch (kind) {
    case "number":
      return is(kind, NUMBER.test(text))
    case "integer":
      return is(kind, INTEGER.test(text))
    case "date":
    case "time":
    case "date-time":
      return is(kind, momentText(kind, text, "en") !== null)
    case "email":
      return is(kind, /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    case "url":
      return is(kind, URL.canParse(text))
    default:
      return null
  }
}

/** The JSON for the field's text. Numbers keep their digits. */
export const fieldJson = (kind: FieldKind, text: string): string =>
  kind === "number" || kind === "integer" || kind === "boolean" ? text : JSON.stringify(text)
