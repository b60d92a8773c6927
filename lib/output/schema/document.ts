/** A schema with its identifiable subschemas (by URI or anchor), and how references resolve to them. */
import { type Draft, draftFromSchemaUri, META_ADDRESS, META_SCHEMAS, type Schema } from "@/lib/output/schema/dialect"

/** A schema with a URI: the root, or a subschema with its own `$id`. */
export interface Resource {
  address: string
  root: Schema
  draft: Draft
  /** By `$anchor` and `$dynamicAnchor`. */
  anchors: Map<string, unknown>
  dynamicAnchors: Map<string, unknown>
}

export interface Target {
  schema: unknown
  resource: Resource
  /** Has a `$dynamicAnchor`. */
  dynamic?: string
}

/** A reference that doesn't resolve, or points outside the schema. */
export class Unresolved extends Error {
  constructor(
    readonly reference: string,
    readonly outside: boolean,
  ) {
    super(`can't resolve reference ${reference}`)
  }
}

const ONE = new Set([
  ...["additionalItems", "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not"],
  ...["propertyNames", "then", "unevaluatedItems", "unevaluatedProperties"],
])
const LIST = new Set(["allOf", "anyOf", "items", "oneOf", "prefixItems"])
const MAP = new Set(["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"])

const ROOT_ADDRESS = "schema://root/"

export const isSchemaObject = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The direct subschemas, each with its relative pointer. */
export function* partsOf(schema: Schema): Generator<[pointer: (string | number)[], part: unknown]> {
  for (const [keyword, value] of Object.entries(schema)) {
    if (LIST.has(keyword) && Array.isArray(value))
      for (const [index, part] of value.entries()) yield [[keyword, index], part]
    else if (ONE.has(keyword)) yield [[keyword], value]
    else if (MAP.has(keyword) && isSchemaObject(value))
      for (const [name, part] of Object.entries(value)) if (!Array.isArray(part)) yield [[keyword, name], part]
  }
}

/**
 * Resolves a reference against `base` into the URI without the fragment, and the fragment. Null if it isn't a valid
 * URI.
 */
function resolve(reference: string, base: string): { address: string; fragment: string } | null {
  try {
    const url = new URL(reference, base)
    const fragment = decodeURIComponent(url.hash.slice(1))
    url.hash = ""
    return { address: url.href.replace(/#$/, ""), fragment }
  } catch {
    return null
  }
}

const unescapePointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~")

export class SchemaDocument {
  readonly root: Resource
  private readonly resources = new Map<string, Resource>()
  private readonly homes = new Map<Schema, Resource>()

  /** `draft`: for schemas that don't name one. */
  constructor(
    readonly schema: Schema,
    draft: Draft,
  ) {
    this.root = this.newResource(ROOT_ADDRESS, schema, draftFromSchemaUri(schema.$schema) ?? draft)
    this.index(schema, this.root)
  }

  /** Throws `Unresolved` for the first reference that doesn't resolve. */
  checkReferences(): void {
    for (const [schema, home] of [...this.homes])
      for (const keyword of ["$ref", "$dynamicRef", "$recursiveRef"]) {
        const reference = schema[keyword]
        if (typeof reference === "string") this.find(reference, home)
      }
  }

  /** All regular expressions in the schemas. */
  patterns(): string[] {
    return [...this.homes.keys()].flatMap(({ pattern, patternProperties }) => [
      ...(typeof pattern === "string" ? [pattern] : []),
      ...(isSchemaObject(patternProperties) ? Object.keys(patternProperties) : []),
    ])
  }

  /** The resource that a subschema belongs to; `from` if unknown. */
  homeOf(schema: Schema, from: Resource): Resource {
    return this.homes.get(schema) ?? from
  }

  /** Resolves a `$ref` in a schema of `from`. Throws `Unresolved`. */
  find(reference: string, from: Resource): Target {
    const named = resolve(reference, from.address)
    const resource = named && (this.resources.get(named.address) ?? this.metaResource(named.address))
    if (!named || !resource) throw new Unresolved(reference, true)
    const { fragment } = named
    if (fragment === "") return { schema: resource.root, resource }
    if (fragment.startsWith("/")) return this.follow(fragment, resource, reference)
    const schema = resource.anchors.get(fragment)
    if (schema === undefined) throw new Unresolved(reference, false)
    return { schema, resource, dynamic: resource.dynamicAnchors.has(fragment) ? fragment : undefined }
  }

  private follow(pointer: string, resource: Resource, reference: string): Target {
    let value: unknown = resource.root
    let home = resource
    for (const part of pointer.slice(1).split("/").map(unescapePointer)) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, part))
        throw new Unresolved(reference, false)
      value = (value as Record<string, unknown>)[part]
      if (isSchemaObject(value)) home = this.homes.get(value) ?? home
    }
    if (!isSchemaObject(value) && typeof value !== "boolean") throw new Unresolved(reference, false)
    // Not a schema location by keyword, but used as one by a reference.
    if (isSchemaObject(value) && !this.homes.has(value)) this.index(value, home)
    return { schema: value, resource: home }
  }

  private newResource(address: string, root: Schema, draft: Draft): Resource {
    const resource = { address, root, draft, anchors: new Map(), dynamicAnchors: new Map() }
    if (!this.resources.has(address)) this.resources.set(address, resource)
    return resource
  }

  private index(schema: Schema, from: Resource): void {
    const home = this.resourceOf(schema, from)
    this.homes.set(schema, home)
    const { $anchor, $dynamicAnchor } = schema
    for (const name of [$anchor, $dynamicAnchor])
      if (typeof name === "string" && !home.anchors.has(name)) home.anchors.set(name, schema)
    if (typeof $dynamicAnchor === "string") home.dynamicAnchors.set($dynamicAnchor, schema)
    for (const [, part] of partsOf(schema)) if (isSchemaObject(part)) this.index(part, home)
  }

  /** A new resource if the schema has a URI, otherwise the enclosing one. */
  private resourceOf(schema: Schema, from: Resource): Resource {
    const old = from.draft === "draft-07"
    const { $id: id } = schema
    if (typeof id !== "string" || (old && typeof schema.$ref === "string")) return from
    const named = resolve(id, from.address)
    if (!named) return from
    if (old && id.startsWith("#")) {
      from.anchors.set(named.fragment, schema)
      return from
    }
    const isWhole = from.root === schema
    const resource = isWhole
      ? from
      : this.newResource(named.address, schema, draftFromSchemaUri(schema.$schema) ?? from.draft)
    // The root also stays available under the default URI.
    if (isWhole) this.resources.set(named.address, resource)
    resource.address = named.address
    if (old && named.fragment) resource.anchors.set(named.fragment, schema)
    return resource
  }

  /** A draft's meta-schema may be referenced by its URI. */
  private metaResource(address: string): Resource | undefined {
    for (const draft of Object.keys(META_ADDRESS) as Draft[]) {
      if (address !== META_ADDRESS[draft] && !META_SCHEMAS[draft].some(({ $id }) => $id === address)) continue
      for (const schema of META_SCHEMAS[draft]) {
        const own = String(schema.$id ?? META_ADDRESS[draft]).replace(/#$/, "")
        if (this.resources.has(own)) continue
        this.index(schema, this.newResource(own, schema, draft))
      }
      return this.resources.get(address)
    }
    return undefined
  }
}
