/** Changes of a form, made in the schema itself: what they don't concern stays as it is. Pure. */
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

/** A name that no other field of the group has. */
function freeName(schema: unknown, wanted: string): string {
  const taken = new Set(namesOf(propertiesOf(schema)))
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`
    if (!taken.has(name)) return name
  }
}

/** One more field at the end of a group: a text that is required. */
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

/** The same field under another name, at its place. The root as it is where the name is empty or taken. */
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

/** A field to another place among its brothers. */
export const moveField = (root: JsonObject, holder: Path, from: number, to: number): JsonObject =>
  changeObject(root, holder, (schema) => {
    const members = [...propertiesOf(schema).members]
    const [moved] = members.splice(from, 1)
    if (!moved || to < 0 || to > members.length) return schema
    members.splice(to, 0, moved)
    return withMember(schema, "properties", objectOf(members))
  })

/** In the order of the fields, as far as they are among them. */
export const setRequired = (root: JsonObject, holder: Path, name: string, required: boolean): JsonObject =>
  changeObject(root, holder, (schema) => {
    const others = requiredOf(schema).filter((one) => one !== name)
    return withMember(schema, "required", required ? [...others, name] : others)
  })

/** Null, undefined or an empty text: without the keyword. */
export function setKeyword(root: JsonObject, path: Path, keyword: string, value: unknown): JsonObject {
  const isNone = value === null || value === "" || value === undefined
  const next = isNone ? undefined : value instanceof JsonNumber ? value : sourceFrom(value)
  return changeObject(root, path, (schema) => withMember(schema, keyword, next))
}

/** Around `anyOf`, unless it stands within. */
export function setDescription(root: JsonObject, { path, body }: FormField, text: string): JsonObject {
  const [outer, inner] = [path, body].map((at) => memberOf(valueAt(root, at), "description") !== undefined)
  return setKeyword(root, inner && !outer ? body : path, "description", text)
}

export const setChoices = (root: JsonObject, { body, nullable }: FormField, choices: string[]): JsonObject =>
  changeObject(root, body, (schema) => withMember(schema, "enum", nullable ? [...choices, null] : choices))

/** Whether null is an answer, too. */
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

/** `anyOf` of something and null, as that something. */
function flattened(outer: JsonObject, inner: unknown): JsonObject {
  const own = outer.members.filter(([name]) => name !== "anyOf")
  const names = new Set(own.map(([name]) => name))
  const rest = inner instanceof JsonObject ? inner.members.filter(([name]) => !names.has(name)) : []
  return objectOf([...rest, ...own])
}

/** What says which kind a field is, or belongs to one kind only. */
const OF_KIND = new Set([
  ...["type", "format", "enum", "items", "properties", "required", "$ref", "anyOf", "oneOf", "allOf", "not", "const"],
  ...Object.values(MORE).flat(),
])

const GROUP = { type: "object", properties: {}, required: [], additionalProperties: false }

/** Another kind; what belonged to the former one goes, unless the new one has it too. */
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

/** The fields that it has as a group or a table, else none. */
function groupOf({ kind }: FormField, schema: JsonObject): JsonObject {
  const from = kind === "table" ? memberOf(schema, "items") : kind === "group" ? schema : null
  if (!(from instanceof JsonObject)) return asObject(GROUP)
  return kind === "table" ? from : objectOf(from.members.filter(([name]) => OF_GROUP.includes(name)))
}

const OF_GROUP = ["type", "properties", "required", "additionalProperties"]

/** What it is, as what a list is of. */
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

/** The choices as they are typed, a line each, without blanks around them and without doubles. */
export const choicesIn = (text: string): string[] => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
]

/** Names that `required` has and no field: they can't be answered. */
export const requiredWithoutField = (schema: unknown): string[] =>
  textsOf(memberOf(schema, "required")).filter((name) => !namesOf(propertiesOf(schema)).includes(name))
