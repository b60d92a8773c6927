/**
 * Generates SQL tables from a JSON Schema: one for the root, one for each list of objects in it. Safe to import in the
 * browser.
 */
import type { Declaration, Field, Json, Shape, Shapes } from "@/lib/output/code/shapes"

/** `OrderItem` → `order_item`. */
const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/\W+/g, "_")
    .toLowerCase()

/** Quoted, because `order` and `group` are keywords. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

const FORMATS: Record<string, string> = { date: "DATE", "date-time": "TIMESTAMP WITH TIME ZONE", time: "TIME" }

/**
 * Column limit across all tables; beyond it, nested objects become JSON columns. PostgreSQL allows at most 1,600
 * columns per table.
 */
const MAX_COLUMNS = 1_600

interface Table {
  name: string
  columns: string[]
}

class Tables {
  readonly made: Table[] = []
  private readonly byName: Map<string, Declaration>
  private readonly taken = new Set<string>()
  private left = MAX_COLUMNS

  constructor({ declarations }: Shapes) {
    this.byName = new Map(declarations.map((declaration) => [declaration.name, declaration]))
  }

  /** Resolves aliases; a circular alias is returned as the named shape. */
  plain(shape: Shape, seen: string[] = []): Shape | Extract<Declaration, { fields: Field[] }> {
    if (shape.kind !== "named" || seen.includes(shape.name)) return shape
    const declaration = this.byName.get(shape.name)
    if (!declaration) return shape
    return "alias" in declaration ? this.plain(declaration.alias, [...seen, shape.name]) : declaration
  }

  /** Adds a table for the fields, followed by tables for the lists in it. `around`: the enclosing tables. */
  add(wanted: string, fields: Field[], parent: string | null, around: Declaration[]): void {
    const name = this.free(snake(wanted))
    const table: Table = { name, columns: [`${quoted("id")} INTEGER PRIMARY KEY`] }
    this.made.push(table)
    if (parent !== null)
      table.columns.push(`${quoted(`${parent}_id`)} INTEGER NOT NULL REFERENCES ${quoted(parent)} (${quoted("id")})`)
    const columns = new Set(["id", `${parent}_id`])
    for (const field of fields) this.field(table, columns, field, [], field.required, around)
  }

  private field(
    table: Table,
    columns: Set<string>,
    { name, shape }: Field,
    path: string[],
    required: boolean,
    around: Declaration[],
  ): void {
    const { shape: bare, nullable } = withoutNull(shape)
    const found = this.plain(bare)
    const names = [...path, name]
    const opens = this.left > 0
    if (opens && "fields" in found && !around.includes(found)) {
      // A nested object becomes columns of the same table.
      for (const field of found.fields)
        this.field(table, columns, field, names, required && !nullable && field.required, [...around, found])
      return
    }
    if (opens && !("fields" in found) && found.kind === "list") {
      const item = this.plain(found.of)
      if ("fields" in item && !around.includes(item)) {
        this.add(`${table.name}_${names.join("_")}`, item.fields, table.name, [...around, item])
        return
      }
    }
    this.left--
    const column = freeIn(columns, snake(names.join("_")))
    const type = "fields" in found ? "JSON" : typeOf(found)
    const must = required && !nullable ? " NOT NULL" : ""
    table.columns.push(`${quoted(column)} ${type}${must}${"fields" in found ? "" : checkOf(column, found)}`)
  }

  private free(wanted: string): string {
    return freeIn(this.taken, wanted)
  }
}

function freeIn(taken: Set<string>, wanted: string): string {
  let name = wanted || "value"
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`
  taken.add(name)
  return name
}

function withoutNull(shape: Shape): { shape: Shape; nullable: boolean } {
  if (shape.kind !== "either") return { shape, nullable: shape.kind === "null" }
  const others = shape.of.filter(({ kind }) => kind !== "null")
  const [only] = others
  return { shape: only && others.length === 1 ? only : shape, nullable: others.length < shape.of.length }
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return (shape.format !== undefined && Object.hasOwn(FORMATS, shape.format) && FORMATS[shape.format]) || "TEXT"
    case "number":
      return shape.whole ? "BIGINT" : "NUMERIC"
    case "boolean":
      return "BOOLEAN"
    case "choice":
      return choiceType(shape.values)
    default:
      return "JSON"
  }
}

function choiceType(values: Json[]): string {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value))
  const [only] = kinds
  if (kinds.size !== 1) return "JSON"
  return only === "string" ? "TEXT" : only === "boolean" ? "BOOLEAN" : only === "number" ? "NUMERIC" : "JSON"
}

function checkOf(column: string, shape: Shape): string {
  if (shape.kind !== "choice" || choiceType(shape.values) === "JSON") return ""
  const values = shape.values.flatMap((value) =>
    value === null ? [] : [typeof value === "string" ? text(value) : String(value).toUpperCase()],
  )
  return ` CHECK (${quoted(column)} IN (${values.join(", ")}))`
}

/**
 * Standard SQL that PostgreSQL and SQLite accept. Lists of plain values, and anything without a table, become JSON
 * columns.
 */
export function toSql(shapes: Shapes): string {
  const tables = new Tables(shapes)
  const whole = tables.plain(shapes.root)
  const name = shapes.root.kind === "named" ? shapes.root.name : "data"
  if ("fields" in whole) tables.add(name, whole.fields, null, [whole])
  else if (whole.kind === "list") {
    const item = tables.plain(whole.of)
    if ("fields" in item) tables.add(item.name, item.fields, null, [item])
    else tables.add(name, [{ name: "value", shape: whole.of, required: true }], null, [])
  } else tables.add(name, [{ name: "value", shape: whole, required: true }], null, [])
  return tables.made
    .map((table) => `CREATE TABLE ${quoted(table.name)} (\n  ${table.columns.join(",\n  ")}\n);\n`)
    .join("\n")
}
