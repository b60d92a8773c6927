/** Form edits applied to the schema itself: everything they don't touch stays as it is. Pure. */
import { FORMATS, type FormField, type Kind, MORE, type OfferedKind, textsOf } from "@/lib/output/form/fields"
import {
  changeAt,
  memberOf,
  namesOf,
  objectOf,
  type Path,
  sourceFrom,
  valueAt,
  withMember,
} from "@/lib/output/form/source"
import { JsonNumber, JsonObject } from "@/lib/output/json-source"

const changeObject = (root: JsonObject, path: Path, change: (schema: JsonObject) => JsonObject): JsonObject => {
  const changed = changeAt(root, path, (value) => (value instanceof JsonObject ? change(value) : value))
  return changed instanceof JsonObject ? changed : root
}

const propertiesOf = (schema: unknown): JsonObject => {
  const properties = memberOf(schema, "properties")
  return properties instanceof JsonObject ? properties : objectOf([])
}

const requiredOf = (schema: unknown): unknown[] => {
  const required = memberOf(schema, "required")
  return Array.isArray(required) ? required : []
}

/** A name not used by another field of the group. */
function freeName(schema: unknown, wanted: string): string {
  const taken = new Set(namesOf(propertiesOf(schema)))
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`
    if (!taken.has(name)) return name
  }
}

/** Appends a required text field to a group. */
export const addField = (root: JsonObject, holder: Path, wanted = "field"): JsonObject =>
  changeObject(root, holder, (schema) => {
    const name = freeName(schema, wanted)
    const made = withMember(
      schema,
      "properties",
      withMember(propertiesOf(schema), name, sourceFrom({ type: "string" })),
    )
    return withMember(made, "required", [...requiredOf(schema), name])
  })

export const removeField = (root: JsonObject, holder: Path, name: string): JsonObject =>
  changeObject(root, holder, (schema) => {
    const made = withMember(schema, "properties", withMember(propertiesOf(schema), name, undefined))
    return requiredOf(schema).includes(name)
      ? withMember(
          made,
          "required",
          requiredOf(schema).filter((one) => one !== name),
        )
      : made
  })

/** Renames a field in place. Returns the root unchanged if the name is empty or taken. */
export function renameField(root: JsonObject, holder: Path, name: string, next: string): JsonObject {
  const names = namesOf(propertiesOf(valueAt(root, holder)))
  if (next === "" || next === name || names.includes(next) || !names.includes(name)) return root
  return changeObject(root, holder, (schema) => {
    const members = propertiesOf(schema).members.map(([own, value]): [string, unknown] => [
      own === name ? next : own,
      value,
    ])
    const made = withMember(schema, "properties", objectOf(members))
    return requiredOf(schema).includes(name)
      ? withMember(
          made,
          "required",
          requiredOf(schema).map((one) => (one === name ? next : one)),
        )
      : made
  })
}

/** Moves a field among its siblings. */
export const moveField = (root: JsonObject, holder: Path, from: number, to: number): JsonObject =>
  changeObject(root, holder, (schema) => {
    const members = [...propertiesOf(schema).members]
    const [moved] = members.splice(from, 1)
    if (!moved || to < 0 || to > members.length) return schema
    members.splice(to, 0, moved)
    return withMember(schema, "properties", objectOf(members))
  })

export const setRequired = (root: JsonObject, holder: Path, name: string, required: boolean): JsonObject =>
  changeObject(root, holder, (schema) => {
    const others = requiredOf(schema).filter((one) => one !== name)
    return withMember(schema, "required", required ? [...others, name] : others)
  })

/** Null, undefined, or an empty text removes the keyword. */
export function setKeyword(root: JsonObject, path: Path, keyword: string, value: unknown): JsonObject {
  const isNone = value === null || value === "" || value === undefined
  const next = isNone ? undefined : value instanceof JsonNumber ? value : sourceFrom(value)
  return changeObject(root, path, (schema) => withMember(schema, keyword, next))
}

/** Stored outside `anyOf`, unless it is already inside. */
export function setDescription(root: JsonObject, { path, body }: FormField, text: string): JsonObject {
  const [outer, inner] = [path, body].map((at) => memberOf(valueAt(root, at), "description") !== undefined)
  return setKeyword(root, inner && !outer ? body : path, "description", text)
}

export const setChoices = (root: JsonObject, { body, nullable }: FormField, choices: string[]): JsonObject =>
  changeObject(root, body, (schema) => withMember(schema, "enum", nullable ? [...choices, null] : choices))

/** Sets whether null is allowed too. */
export function setNullable(root: JsonObject, field: FormField, nullable: boolean): JsonObject {
  if (nullable === field.nullable) return root
  const { path, body } = field
  if (path.length !== body.length) return changeObject(root, path, (outer) => flattened(outer, valueAt(root, body)))
  return changeObject(root, body, (schema) => {
    const type = memberOf(schema, "type")
    const bare = Array.isArray(type) ? type.find((one) => one !== "null") : type
    const typed = bare === undefined ? schema : withMember(schema, "type", nullable ? [bare, "null"] : bare)
    const choices = memberOf(schema, "enum")
    if (!Array.isArray(choices)) return typed
    const texts = choices.filter((one) => one !== null)
    return withMember(typed, "enum", nullable ? [...texts, null] : texts)
  })
}

/** Merges the non-null option of an `anyOf` with null into the outer schema. */
function flattened(outer: JsonObject, inner: unknown): JsonObject {
  const own = outer.members.filter(([name]) => name !== "anyOf")
  const names = new Set(own.map(([name]) => name))
  const rest = inner instanceof JsonObject ? inner.members.filter(([name]) => !names.has(name)) : []
  return objectOf([...rest, ...own])
}

/** Keywords that determine a field's kind, or belong to only one kind. */
const OF_KIND = new Set([
  ...["type", "format", "enum", "items", "properties", "required", "$ref", "anyOf", "oneOf", "allOf", "not", "const"],
  ...Object.values(MORE).flat(),
])

const GROUP = { type: "object", properties: {}, required: [], additionalProperties: false }

/** Changes the kind; keywords of the old kind are removed unless the new one has them too. */
export const setKind = (root: JsonObject, field: FormField, kind: OfferedKind): JsonObject =>
  changeObject(root, field.body, (schema) => {
    const typed = typedAs(kind, field, schema)
    const nullable = field.nullable && field.path.length === field.body.length
    const own = nullable ? withNull(typed) : typed
    const kept = schema.members.filter(([name]) => !OF_KIND.has(name) || isShared(name, field.kind, kind))
    const names = new Set(namesOf(own))
    return objectOf([...own.members, ...kept.filter(([name]) => !names.has(name))])
  })

/** A limit that both kinds have. */
const isShared = (keyword: string, from: Kind, to: Kind) => MORE[from].includes(keyword) && MORE[to].includes(keyword)

function withNull(schema: JsonObject): JsonObject {
  const choices = memberOf(schema, "enum")
  const made = withMember(schema, "type", [memberOf(schema, "type"), "null"])
  return Array.isArray(choices) ? withMember(made, "enum", [...choices, null]) : made
}

function typedAs(kind: OfferedKind, field: FormField, schema: JsonObject): JsonObject {
  if (kind === "group" || kind === "table") {
    const group = groupOf(field, schema)
    return kind === "group"
      ? group
      : objectOf([
          ["type", "array"],
          ["items", group],
        ])
  }
  if (kind === "list")
    return objectOf([
      ["type", "array"],
      ["items", itemOf(field, schema)],
    ])
  return asObject(simple(kind))
}

function simple(kind: Exclude<OfferedKind, "group" | "table" | "list">): Record<string, unknown> {
  if (kind === "choice") return { type: "string", enum: [] }
  if (FORMATS.includes(kind)) return { type: "string", format: kind }
  return { type: kind === "text" ? "string" : kind }
}

/** Its fields if it is a group or a table, otherwise none. */
function groupOf({ kind }: FormField, schema: JsonObject): JsonObject {
  const from = kind === "table" ? memberOf(schema, "items") : kind === "group" ? schema : null
  if (!(from instanceof JsonObject)) return asObject(GROUP)
  return kind === "table" ? from : objectOf(from.members.filter(([name]) => OF_GROUP.includes(name)))
}

const OF_GROUP = ["type", "properties", "required", "additionalProperties"]

/** The schema to use as list items. */
function itemOf({ kind }: FormField, schema: JsonObject): JsonObject {
  if (kind === "table" || kind === "list") {
    const items = memberOf(schema, "items")
    if (items instanceof JsonObject) return items
  }
  const simpleKind = kind !== "group" && kind !== "other" && kind !== "table" && kind !== "list"
  return asObject(simpleKind && kind !== "choice" ? simple(kind) : { type: "string" })
}

function asObject(value: Record<string, unknown>): JsonObject {
  const made = sourceFrom(value)
  return made instanceof JsonObject ? made : objectOf([])
}

/** The choices as typed, one per line, trimmed and deduplicated. */
export const choicesIn = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

/** Names in `required` without a field: they can't be answered. */
export const requiredWithoutField = (schema: unknown): string[] =>
  textsOf(memberOf(schema, "required")).filter((name) => !namesOf(propertiesOf(schema)).includes(name))
