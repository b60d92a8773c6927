/**
 * math.js as a calculator: exact numbers, more units, and nothing that modifies it or evaluates code. Runs in a worker
 * thread.
 */
import { all, type ConfigOptions, create, type MathJsInstance, type MathNode } from "mathjs"

/** Functions that would change the shared instance. */
const CHANGING = ["import", "createUnit", "reviver"]
/**
 * Functions that parse a string as an expression: `derivative` and the like need this internally, expressions don't.
 */
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

/** Access to members of objects and lists: no calculation needs it, and every known escape from math.js used it. */
const MEMBERS = new Set(["AccessorNode", "IndexNode", "ObjectNode"])

/** Throws for an expression that uses anything disabled. */
export function rejectDisabledNodes(node: MathNode): void {
  node.traverse((part) => {
    if (MEMBERS.has(part.type)) throw new Error("Brackets and dots for members are disabled; use row() and column()")
    const name = Reflect.get(part, "name")
    if (typeof name === "string" && READING.has(name)) throw new Error(`Function ${name} is disabled`)
  })
}

/** Common units that math.js doesn't know. */
const UNITS = { nmi: "1852 m" }
/** Replaced in the expression: defined as units, they would become the unit of every speed. */
const SHORT: Record<string, string> = {
  mph: "(mile/hour)",
  kmh: "(km/hour)",
  kph: "(km/hour)",
  knots: "(nmi/hour)",
  knot: "(nmi/hour)",
}

/** The expression with units that math.js knows. */
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

/** Decimal digits for all calculations except with long integers. */
export const DIGITS = 64

export const decimals = () => once("decimals", { number: "BigNumber", precision: DIGITS, numberFallback: "number" })

/** Digits for long integers: math.js' π and other constants have no more. */
export const LONG_DIGITS = 1_000

/** Only for integers that are too long otherwise: few functions can handle so many digits. */
export const longIntegers = () =>
  once("long", { number: "BigNumber", precision: LONG_DIGITS, numberFallback: "number" })

/** Floating point, for functions that support no other numbers. */
export const floats = () => once("floats", { number: "number" })

export const fractions = () => once("fractions", { number: "Fraction", numberFallback: "number" })
