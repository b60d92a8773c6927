/** Generates Python dataclasses and Pydantic models from a JSON Schema. Safe to import in the browser. */
import {
  type Declaration,
  type Field,
  type Json,
  namesIn,
  oneLine,
  type Shape,
  type Shapes,
} from "@/lib/output/code/shapes"

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield match case type " +
    // Names the generated types use.
    "Any AnyUrl Field Literal UUID bool dict float int list str tuple"
  ).split(" "),
)

/**
 * A valid Python field name; `model_` and leading underscores are reserved by Pydantic. `types`: type names, which a
 * field of the same name would shadow.
 */
function fieldName(name: string, taken: Set<string>, types: Set<string>): string {
  let plain = name.normalize("NFKD").replace(/\W+/g, "_").replace(/^_+/, "") || "value"
  if (/^\d/.test(plain) || /^model_/.test(plain)) plain = `field_${plain}`
  if (KEYWORDS.has(plain) || types.has(plain)) plain = `${plain}_`
  let free = plain
  for (let n = 2; taken.has(free); n++) free = `${plain}_${n}`
  taken.add(free)
  return free
}

/** A Python string literal: JSON escapes mean the same there, except for surrogates. */
const quoted = (text: string): string => JSON.stringify(text.toWellFormed())

function literal(value: Json): string {
  if (value === null) return "None"
  if (typeof value === "boolean") return value ? "True" : "False"
  return typeof value === "string" ? quoted(value) : JSON.stringify(value)
}

/** `Literal` accepts neither fractions nor objects. */
const isLiteral = (value: Json): boolean =>
  value === null || typeof value === "boolean" || typeof value === "string" || Number.isInteger(value)

function choiceType(values: Json[]): string {
  const named = values.filter(isLiteral)
  const others = values.length > named.length ? ["Any"] : []
  const text = named.length > 0 ? [`Literal[${named.map(literal).join(", ")}]`] : []
  return [...text, ...others].join(" | ") || "Any"
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return "str"
    case "number":
      return shape.whole ? "int" : "float"
    case "boolean":
      return "bool"
    case "null":
      return "None"
    case "choice":
      return choiceType(shape.values)
    case "list":
      return `list[${typeOf(shape.of)}]`
    case "tuple":
      return shape.rest ? "list[Any]" : `tuple[${shape.of.map(typeOf).join(", ")}]`
    case "map":
      return `dict[str, ${typeOf(shape.of)}]`
    case "either":
      return shape.of.map(typeOf).join(" | ")
    case "named":
      return shape.name
    default:
      return "Any"
  }
}

const optional = (type: string): string => (/(^|\| )None$/.test(type) ? type : `${type} | None`)

const docstring = (text: string | undefined): string =>
  text === undefined ? "" : `    """${oneLine(text).replaceAll("\\", "\\\\").replaceAll('"', "'")}"""\n`

const comment = (text: string | undefined): string => (text === undefined ? "" : `  # ${oneLine(text)}`)

/** Required fields first: Python demands it. */
const inOrder = (fields: Field[]): Field[] => [
  ...fields.filter(({ required }) => required),
  ...fields.filter(({ required }) => !required),
]

/** A type alias; in quotes if it references a later declaration. */
function aliasOf({ name }: Declaration, shape: Shape, later: Set<string>): string {
  const type = typeOf(shape)
  const early = namesIn(shape).some((used) => later.has(used))
  return `${name} = ${early ? quoted(type) : type}\n`
}

/** Each declaration, with the names declared after it. */
function each(
  declarations: Declaration[],
  classOf: (declaration: Extract<Declaration, { fields: Field[] }>, types: Set<string>) => string,
): string {
  const types = new Set(declarations.map(({ name }) => name))
  const later = new Set(types)
  const parts = declarations.map((declaration) => {
    const text = "alias" in declaration ? aliasOf(declaration, declaration.alias, later) : classOf(declaration, types)
    later.delete(declaration.name)
    return text
  })
  return parts.join("\n\n")
}

export const toDataclass = ({ declarations }: Shapes): string =>
  `from __future__ import annotations

from dataclasses import dataclass, field as _field
from typing import Any, Literal


${each(declarations, ({ name, description, fields }, types) => {
  const taken = new Set<string>()
  const lines = inOrder(fields).map((one) => dataclassField(one, fieldName(one.name, taken, types)))
  return `@dataclass\nclass ${name}:\n${docstring(description)}${lines.join("")}`
})}`

function dataclassField({ name, shape, required, description }: Field, own: string): string {
  const type = required ? typeOf(shape) : optional(typeOf(shape))
  // The field's JSON name, if it isn't a valid Python name.
  const metadata = own === name ? [] : [`metadata={"name": ${quoted(name)}}`]
  const parts = [...(required ? [] : ["default=None"]), ...metadata].join(", ")
  const value = metadata.length > 0 ? ` = _field(${parts})` : required ? "" : " = None"
  return `    ${own}: ${type}${value}${comment(description)}\n`
}

/** Imported under aliases, because fields may be called `date` too. */
const PYDANTIC_FORMATS: Record<string, string> = {
  date: "_dt.date",
  "date-time": "_dt.datetime",
  time: "_dt.time",
  uuid: "UUID",
  uri: "AnyUrl",
}

function pydanticType(shape: Shape): string {
  if (shape.kind !== "text" || shape.format === undefined) return typeOf(shape)
  return Object.hasOwn(PYDANTIC_FORMATS, shape.format) ? (PYDANTIC_FORMATS[shape.format] ?? "str") : "str"
}

/** Limits, named as in Pydantic's `Field`. */
function limitsOf(shape: Shape): string[] {
  if (shape.kind === "number") return [...named("ge", shape.least), ...named("le", shape.most)]
  if (shape.kind !== "text" || pydanticType(shape) !== "str") return []
  return [...named("min_length", shape.least), ...named("max_length", shape.most)]
}

const named = (name: string, value: number | undefined): string[] => (value === undefined ? [] : [`${name}=${value}`])

function pydanticField({ name, shape, required, description }: Field, own: string): string {
  const type = required ? pydanticType(shape) : optional(pydanticType(shape))
  const parts = [
    ...(required ? [] : ["default=None"]),
    ...(own === name ? [] : [`alias=${quoted(name)}`]),
    ...limitsOf(shape),
    ...(description === undefined ? [] : [`description=${quoted(description)}`]),
  ]
  const plain = parts.join() === "default=None" ? " = None" : ""
  return `    ${own}: ${type}${plain || (parts.length > 0 ? ` = Field(${parts.join(", ")})` : "")}\n`
}

/** Pydantic 2. */
export const toPydantic = ({ declarations }: Shapes): string =>
  `from __future__ import annotations

import datetime as _dt
from typing import Any, Literal
from uuid import UUID

from pydantic import AnyUrl, BaseModel, ConfigDict, Field


${each(declarations, ({ name, description, fields, closed }, types) => {
  const taken = new Set<string>()
  const lines = fields.map((one) => pydanticField(one, fieldName(one.name, taken, types)))
  const config = `    model_config = ConfigDict(extra="${closed ? "forbid" : "allow"}", populate_by_name=True)\n\n`
  return `class ${name}(BaseModel):\n${docstring(description)}${config}${lines.join("")}`
})}`
