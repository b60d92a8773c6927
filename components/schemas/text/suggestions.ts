/** What can be written at a position of a JSON Schema: keywords, types, formats, references, names. Pure. */
import { jsonLanguage } from "@codemirror/lang-json"
import type { SyntaxNode } from "@lezer/common"

export interface Suggestion {
  label: string
  /** Replaces the text between `from` and `to`. */
  insert: string
  /** The resulting caret position in `insert`. */
  caret: number
}

export interface Suggestions {
  from: number
  to: number
  options: Suggestion[]
}

const TYPES = ["string", "number", "integer", "boolean", "object", "array", "null"]
const FORMAT_NAMES = [
  ...["date", "date-time", "time", "duration", "email", "uri", "uuid", "hostname", "ipv4", "ipv6"],
  ...["uri-reference", "json-pointer", "regex"],
]

/** Keywords and the text inserted after each; the caret goes to `|`. */
const KEYWORDS: [behind: string, keywords: string[]][] = [
  ['"|"', ["type", "description", "title"]],
  ["{|}", ["properties"]],
  ["[|]", ["required"]],
  ["false|", ["additionalProperties"]],
  ["{|}", ["items"]],
  ["[|]", ["enum"]],
  ['"|"', ["format", "pattern"]],
  ["|", ["minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
  ["|", ["minItems", "maxItems"]],
  ["true|", ["uniqueItems"]],
  ["[|]", ["anyOf", "oneOf", "allOf", "prefixItems"]],
  ['"|"', ["$ref"]],
  [
    "{|}",
    ["$defs", "contains", "not", "if", "then", "else", "patternProperties", "propertyNames", "dependentRequired"],
  ],
  ["|", ["const", "default", "minProperties", "maxProperties"]],
  ["[|]", ["examples"]],
  ["false|", ["unevaluatedProperties"]],
  ['"https://json-schema.org/draft/2020-12/schema"|', ["$schema"]],
  ['"|"', ["$comment"]],
]

/** Keywords that apply only to one type. */
const ONLY: Record<string, string[]> = {
  object: [
    ...["properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties"],
    ...["maxProperties", "dependentRequired", "unevaluatedProperties"],
  ],
  array: ["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"],
  string: ["format", "pattern", "minLength", "maxLength"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
}

type Context = "schema" | "schemas" | "schemaList" | "type" | "format" | "ref" | "required" | "switch" | "any"

const HOLDS: [Context, string[]][] = [
  ["schemas", ["properties", "$defs", "definitions", "patternProperties", "dependentSchemas"]],
  ["schemaList", ["anyOf", "oneOf", "allOf", "prefixItems"]],
  ["schema", ["items", "contains", "not", "if", "then", "else", "propertyNames"]],
  ["type", ["type"]],
  ["format", ["format"]],
  ["ref", ["$ref"]],
  ["required", ["required"]],
  ["switch", ["additionalProperties", "unevaluatedProperties", "unevaluatedItems", "uniqueItems"]],
]
const BEHIND = new Map(HOLDS.flatMap(([context, keywords]) => keywords.map((keyword) => [keyword, context] as const)))

function contextAfter(context: Context, step: string | number): Context {
  // Boolean keywords may also take a schema.
  if (context === "schema" || context === "switch") return BEHIND.get(String(step)) ?? "any"
  if (context === "schemas") return "schema"
  if (context === "schemaList") return "schema"
  return context === "type" || context === "required" ? context : "any"
}

/** Null when there is nothing to offer. */
export function suggestionsAt(text: string, position: number): Suggestions | null {
  const tree = jsonLanguage.parser.parse(text)
  const node = tree.resolveInner(position, -1)
  const word = /[\w$-]*$/.exec(text.slice(0, position))?.[0] ?? ""
  const bare = { from: position - word.length, to: position }
  if (node.name === "PropertyName") {
    const object = node.parent?.parent
    const named = /^\s*:/.test(text.slice(node.to))
    return object ? keysIn(text, object, { from: node.from, to: node.to }, named ? node : null) : null
  }
  if (node.name === "String") return valuesIn(text, node, { from: node.from, to: node.to })
  const at = tree.resolveInner(bare.from, -1)
  const holder = nearest(at, ["Object", "Array", "Property"])
  if (holder?.name === "Object")
    return /[{,]\s*$/.test(text.slice(0, bare.from)) ? keysIn(text, holder, bare, null) : null
  if (holder && /[:[,]\s*$/.test(text.slice(0, bare.from))) return valuesIn(text, holder, bare)
  return null
}

/** The closest ancestor with one of these names. */
function nearest(node: SyntaxNode, names: string[]): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (names.includes(at.name)) return at
  return null
}

/** Names and indexes from the root to a node, including a property's own name. */
function pathTo(text: string, node: SyntaxNode): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (at.name === "Property") {
      const name = at.getChild("PropertyName")
      if (name) path.unshift(unquoted(text.slice(name.from, name.to)))
    } else if (at.parent?.name === "Array") path.unshift(0)
  }
  return path
}

const contextOf = (path: (string | number)[]): Context => path.reduce<Context>(contextAfter, "schema")

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch {
    return token.replace(/^"|"$/g, "")
  }
}

const childrenOf = (node: SyntaxNode, name: string) => node.getChildren(name)
const keyOf = (text: string, property: SyntaxNode): string => {
  const name = property.getChild("PropertyName")
  return name ? unquoted(text.slice(name.from, name.to)) : ""
}
const propertyNamed = (text: string, object: SyntaxNode | null | undefined, name: string) =>
  object ? childrenOf(object, "Property").find((property) => keyOf(text, property) === name) : undefined

function keysIn(text: string, object: SyntaxNode, range: { from: number; to: number }, own: SyntaxNode | null) {
  const context = contextOf(pathTo(text, object))
  if (context !== "schema" && context !== "switch") return null
  const taken = childrenOf(object, "Property")
    .filter((property) => property.getChild("PropertyName")?.from !== range.from)
    .map((property) => keyOf(text, property))
  const type = propertyNamed(text, object, "type")?.lastChild
  const told = type ? unquoted(text.slice(type.from, type.to)) : ""
  const foreign =
    Object.hasOwn(ONLY, told) || told === "integer"
      ? Object.entries(ONLY).filter(([name]) => name !== baseOf(told))
      : []
  const left = new Set(foreign.flatMap(([, keywords]) => keywords))
  const options = KEYWORDS.flatMap(([behind, keywords]) => keywords.map((keyword) => [keyword, behind] as const))
    .filter(([keyword]) => !taken.includes(keyword) && !left.has(keyword))
    .map(([keyword, behind]) => {
      const written = own ? `"${keyword}"` : `"${keyword}": ${behind}`
      const caret = own ? written.length : written.indexOf("|")
      return { label: keyword, insert: own ? written : written.replace("|", ""), caret }
    })
  return { ...range, options }
}

const baseOf = (type: string) => (type === "integer" ? "number" : type)

function valuesIn(text: string, node: SyntaxNode, range: { from: number; to: number }): Suggestions | null {
  const path = pathTo(text, node)
  if (node.name === "Array") path.push(0)
  const context = contextOf(path)
  const quoted = (values: string[]) =>
    values.map((value) => ({ label: value, insert: JSON.stringify(value), caret: JSON.stringify(value).length }))
  if (context === "type") return { ...range, options: quoted(TYPES) }
  if (context === "format") return { ...range, options: quoted(FORMAT_NAMES) }
  if (context === "ref") return { ...range, options: quoted(targetsIn(text, node)) }
  if (context === "required") return { ...range, options: quoted(namesAround(text, node)) }
  if (context === "switch" && node.name !== "String")
    return {
      ...range,
      options: ["true", "false"].map((value) => ({ label: value, insert: value, caret: value.length })),
    }
  return null
}

/** The document's definitions, and the root itself. */
function targetsIn(text: string, node: SyntaxNode): string[] {
  let top = node
  while (top.parent) top = top.parent
  const root = top.getChild("Object")
  const found = ["$defs", "definitions"].flatMap((name) => {
    const definitions = propertyNamed(text, root, name)?.getChild("Object")
    return definitions
      ? childrenOf(definitions, "Property").map(
          (one) => `#/${name}/${keyOf(text, one).replaceAll("~", "~0").replaceAll("/", "~1")}`,
        )
      : []
  })
  return [...found, "#"]
}

/** Names of the fields next to a `required` that it does not list yet. */
function namesAround(text: string, node: SyntaxNode): string[] {
  let list: SyntaxNode | null = node
  while (list && list.name !== "Array") list = list.parent
  const holder = list?.parent?.parent
  const properties = propertyNamed(text, holder, "properties")?.getChild("Object")
  const names = properties ? childrenOf(properties, "Property").map((one) => keyOf(text, one)) : []
  const taken = (list?.getChildren("String") ?? [])
    .filter(({ from }) => from !== node.from)
    .map(({ from, to }) => unquoted(text.slice(from, to)))
  return names.filter((name) => !taken.includes(name))
}
