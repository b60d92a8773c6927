/** Differences between two schemas, field by field. Pure. */
import { type FormField, formOf, type Kind } from "@/lib/output/form/fields"
import { compact, memberOf, namesOf, sourceOf, valueAt } from "@/lib/output/form/source"
import type { JsonObject } from "@/lib/output/json-source"

export type SchemaChange = { path: string } & (
  | { is: "added" | "removed"; kind: Kind }
  | { is: "kind"; from: Kind; to: Kind }
  | { is: "required" | "optional" | "nullable" | "notNullable" | "order" }
  /** JSON; null if absent. */
  | { is: "keyword"; keyword: string; from: string | null; to: string | null }
)

interface Flat {
  field: FormField
  keywords: Map<string, string>
}

/** Keywords already covered by the field changes. */
const TOLD = new Set(["type", "properties", "required", "items", "anyOf"])
/** For a kind the form can't show, every keyword is reported. */
const TOLD_OF_OTHER = new Set<string>()

/** Null if either isn't a JSON object. In the order of the new schema; removed fields come last. */
export function changesOf(before: string, after: string): SchemaChange[] | null {
  const [old, made] = [sourceOf(before), sourceOf(after)]
  if (!old || !made) return null
  const [was, is] = [flatten(old), flatten(made)]
  const gone = [...was].flatMap(([path, { field }]): SchemaChange[] =>
    // Fields inside a removed field aren't reported separately.
    is.has(path) || isBelow(path, was, is) ? [] : [{ path, is: "removed", kind: field.kind }],
  )
  const rest = [...is].flatMap(([path, flat]): SchemaChange[] => {
    const earlier = was.get(path)
    if (earlier) return between(path, earlier, flat)
    return isBelow(path, is, was) ? [] : [{ path, is: "added", kind: flat.field.kind }]
  })
  return [...rest, ...gone]
}

/** Whether its parent is missing from the other schema too. */
function isBelow(path: string, own: ReadonlyMap<string, Flat>, other: ReadonlyMap<string, Flat>): boolean {
  const holder = [...own.keys()].findLast(
    (key) => key !== path && key !== "" && path.startsWith(key) && /^[.[]/.test(path.slice(key.length)),
  )
  return holder !== undefined && !other.has(holder)
}

function flatten(root: JsonObject): Map<string, Flat> {
  const found = new Map<string, Flat>()
  const visit = (field: FormField, path: string) => {
    found.set(path, { field, keywords: keywordsOf(root, field) })
    for (const one of field.fields) {
      const holder = field.kind === "table" ? `${path}[]` : path
      visit(one, holder ? `${holder}.${one.name}` : one.name)
    }
    if (field.item) visit(field.item, `${path}[]`)
  }
  visit(formOf(root), "")
  return found
}

/** Every keyword reported on its own; for a nullable field, also the keywords outside `anyOf`. */
function keywordsOf(root: JsonObject, { path, body, kind, holder }: FormField): Map<string, string> {
  const told = kind === "other" ? TOLD_OF_OTHER : TOLD
  const own = (at: FormField["path"], prefix = "") => {
    const schema = valueAt(root, at)
    return namesOf(schema)
      .filter((name) => !told.has(name) && !(name === "format" && memberOf(schema, "format") === kind))
      .map((name): [string, string] => [prefix + name, compact(memberOf(schema, name))])
  }
  const around = path.length === body.length ? [] : own(path)
  // A table's rows have keywords of their own.
  const rows = kind === "table" && holder ? own(holder, "items.") : []
  return new Map([...own(body), ...rows, ...around])
}

function between(path: string, { field: was, keywords: old }: Flat, { field: is, keywords }: Flat): SchemaChange[] {
  const changes: SchemaChange[] = []
  if (was.kind !== is.kind) changes.push({ path, is: "kind", from: was.kind, to: is.kind })
  if (was.required !== is.required) changes.push({ path, is: is.required ? "required" : "optional" })
  if (was.nullable !== is.nullable) changes.push({ path, is: is.nullable ? "nullable" : "notNullable" })
  for (const keyword of new Set([...old.keys(), ...keywords.keys()])) {
    const [from, to] = [old.get(keyword) ?? null, keywords.get(keyword) ?? null]
    if (from !== to) changes.push({ path, is: "keyword", keyword, from, to })
  }
  const common = (fields: FormField[], others: FormField[]) =>
    fields.map(({ name }) => name).filter((name) => others.some((other) => other.name === name))
  if (compact(common(was.fields, is.fields)) !== compact(common(is.fields, was.fields)))
    changes.push({ path, is: "order" })
  return changes
}
