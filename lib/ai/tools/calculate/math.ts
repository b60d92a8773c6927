/** math.js as a calculator: exact numbers, more units, and nothing that changes it or reads code. Runs in a worker thread. */
import { all, type ConfigOptions, create, type MathJsInstance, type MathNode } from "mathjs"

/** What would change the instance that later calls use. */
const CHANGING = ["import", "createUnit", "reviver"]
/** What takes a text for an expression once more: `derivative` and its like need it, an expression doesn't. */
const READING = new Set([
  ...CHANGING,
  "config",
  "replacer",
  "evaluate",
  "parse",
  "compile",
  "parser",
  "help",
  "typed",
  "chain",
  "subset",
  "index",
])

/** Members of objects and lists by their names: no sum needs them, and every way out of math.js that was found led there. */
const MEMBERS = new Set(["AccessorNode", "IndexNode", "ObjectNode"])

/** Throws for an expression that names what is closed to it. */
export function refuseClosed(node: MathNode): void {
  node.traverse((part) => {
    if (MEMBERS.has(part.type)) throw new Error("Brackets and dots for members are disabled; use row() and column()")
    const name = Reflect.get(part, "name")
    if (typeof name === "string" && READING.has(name)) throw new Error(`Function ${name} is disabled`)
  })
}

/** Units that people write and math.js doesn't know. */
const UNITS = { nmi: "1852 m" }
/** As units of their own they would be what every speed is given in. */
const SHORT: Record<string, string> = {
  mph: "(mile/hour)",
  kmh: "(km/hour)",
  kph: "(km/hour)",
  knots: "(nmi/hour)",
  knot: "(nmi/hour)",
}

/** The expression as math.js knows its units. */
export const withKnownUnits = (expression: string): string =>
  expression.replace(/(?<=[\d\s])(mph|kmh|kph|knots?)\b(?!\s*[=(])/g, (name) => SHORT[name] ?? name)

interface Calculator {
  parse: MathJsInstance["parse"]
  math: MathJsInstance
}

function calculator(options: ConfigOptions): Calculator {
  const math = create(all ?? {}, options)
  for (const [name, definition] of Object.entries(UNITS)) math.createUnit(name, { definition, prefixes: "none" })
  const { parse } = math
  const closed = (name: string) => () => {
    throw new Error(`Function ${name} is disabled`)
  }
  math.import(Object.fromEntries(CHANGING.map((name) => [name, closed(name)])), { override: true })
  return { parse, math }
}

const made = new Map<string, Calculator>()
const once = (name: string, options: ConfigOptions): Calculator => {
  const known = made.get(name) ?? calculator(options)
  made.set(name, known)
  return known
}

/** Decimal digits with which anything but whole numbers is calculated. */
export const DIGITS = 64

export const decimals = () => once("decimals", { number: "BigNumber", precision: DIGITS, numberFallback: "number" })

/** Of whole numbers: π and its like are known to no more. */
export const LONG_DIGITS = 1_000

/** Only for what is too long otherwise: few functions can do with so many digits. */
export const longIntegers = () =>
  once("long", { number: "BigNumber", precision: LONG_DIGITS, numberFallback: "number" })

/** As computers count: for the functions that know no other numbers. */
export const floats = () => once("floats", { number: "number" })

export const fractions = () => once("fractions", { number: "Fraction", numberFallback: "number" })
