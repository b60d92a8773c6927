/** Generates TypeScript types and Zod schemas from a JSON Schema. Safe to import in the browser. */
import {
  type Declaration,
  type Field,
  type Json,
  namesIn,
  oneLine,
  type Shape,
  type Shapes,
} from "@/lib/output/code/shapes"

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/

const propertyName = (name: string): string => (PLAIN_NAME.test(name) ? name : JSON.stringify(name))

const comment = (text: string | undefined, indent: string): string =>
  text === undefined ? "" : `${indent}/** ${oneLine(text).replaceAll("*/", "* /")} */\n`

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return "string"
    case "number":
      return "number"
    case "boolean":
    case "null":
      return shape.kind
    case "choice":
      return shape.values.map(literalType).join(" | ") || "never"
    case "list":
      return listType(typeOf(shape.of))
    case "tuple":
      return `[${[...shape.of.map(typeOf), ...(shape.rest ? [`...${listType(typeOf(shape.rest))}`] : [])].join(", ")}]`
    case "map":
      return `Record<string, ${typeOf(shape.of)}>`
    case "either":
      return shape.of.map(typeOf).join(" | ")
    case "named":
      return shape.name
    default:
      return "unknown"
  }
}

const listType = (item: string): string => (/^[\w.]+$/.test(item) ? `${item}[]` : `(${item})[]`)

/** A value as a literal type. */
function literalType(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literalType).join(", ")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([name, member]) => `${propertyName(name)}: ${literalType(member)}`)
    .join("; ")} }`
}

const typeField = ({ name, shape, required, description }: Field): string =>
  `${comment(description, "  ")}  ${propertyName(name)}${required ? "" : "?"}: ${typeOf(shape)}\n`

function typeDeclaration(declaration: Declaration): string {
  const head = comment(declaration.description, "")
  if ("alias" in declaration) return `${head}export type ${declaration.name} = ${typeOf(declaration.alias)}\n`
  const open = declaration.closed ? "" : "  [name: string]: unknown\n"
  return `${head}export interface ${declaration.name} {\n${declaration.fields.map(typeField).join("")}${open}}\n`
}

export const toTypeScript = ({ declarations }: Shapes): string => declarations.map(typeDeclaration).join("\n")

const ZOD_FORMATS: Record<string, string> = {
  email: "z.email()",
  uuid: "z.uuid()",
  uri: "z.url()",
  date: "z.iso.date()",
  time: "z.iso.time()",
  "date-time": "z.iso.datetime({ offset: true })",
  ipv4: "z.ipv4()",
  ipv6: "z.ipv6()",
}

const limits = (least: number | undefined, most: number | undefined): string =>
  `${least === undefined ? "" : `.min(${least})`}${most === undefined ? "" : `.max(${most})`}`

function zodOf(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return zodText(shape)
    case "number":
      return `${shape.whole ? "z.int()" : "z.number()"}${limits(shape.least, shape.most)}`
    case "boolean":
    case "null":
      return `z.${shape.kind}()`
    case "choice":
      return zodChoice(shape.values)
    case "list":
      return `z.array(${zodOf(shape.of)})`
    case "tuple":
      return `z.tuple([${shape.of.map(zodOf).join(", ")}]${shape.rest ? `, ${zodOf(shape.rest)}` : ""})`
    case "map":
      return `z.record(z.string(), ${zodOf(shape.of)})`
    case "either":
      return `z.union([${shape.of.map(zodOf).join(", ")}])`
    case "named":
      return shape.name
    default:
      return "z.unknown()"
  }
}

function zodText({ format, pattern, least, most }: Extract<Shape, { kind: "text" }>): string {
  const base = format !== undefined && Object.hasOwn(ZOD_FORMATS, format) ? ZOD_FORMATS[format] : "z.string()"
  const regex = pattern === undefined ? "" : `.regex(new RegExp(${JSON.stringify(pattern)}, "u"))`
  return `${base}${limits(least, most)}${regex}`
}

function zodChoice(values: Json[]): string {
  if (values.length === 0) return "z.never()"
  const plain = values.filter((value) => typeof value !== "object" || value === null)
  if (plain.length === values.length)
    return values.length === 1 ? `z.literal(${JSON.stringify(values[0])})` : `z.literal(${JSON.stringify(values)})`
  // Objects and lists are compared by content.
  const whole = JSON.stringify(values.map((value) => JSON.stringify(value)))
  return `z.unknown().refine((value) => ${whole}.includes(JSON.stringify(value)))`
}

const describe = (text: string | undefined): string => (text === undefined ? "" : `.describe(${JSON.stringify(text)})`)

function zodField({ name, shape, required, description }: Field, later: Set<string>): string {
  const value = `${zodOf(shape)}${required ? "" : ".optional()"}${describe(description)}`
  // A getter, because it references a later declaration or itself.
  const names = namesIn(shape).some((used) => later.has(used))
  // A plain `__proto__` key would set the object's prototype.
  const own = name === "__proto__" ? '["__proto__"]' : propertyName(name)
  return names ? `  get ${own}() { return ${value} },\n` : `  ${own}: ${value},\n`
}

/** Zod 4. */
export function toZod({ declarations }: Shapes): string {
  const later = new Set(declarations.map(({ name }) => name))
  const parts = declarations.map((declaration) => {
    const { name, description } = declaration
    const text = zodDeclaration(declaration, later)
    later.delete(name)
    return `export const ${name} = ${text}${describe(description)}\nexport type ${name} = z.infer<typeof ${name}>\n`
  })
  return `import { z } from "zod"\n\n${parts.join("\n")}`
}

function zodDeclaration(declaration: Declaration, later: Set<string>): string {
  if ("alias" in declaration) {
    const text = zodOf(declaration.alias)
    return namesIn(declaration.alias).some((name) => later.has(name)) ? `z.lazy(() => ${text})` : text
  }
  const kind = declaration.closed ? "z.strictObject" : "z.looseObject"
  return `${kind}({\n${declaration.fields.map((field) => zodField(field, later)).join("")}})`
}
