/** The task of a worker thread: turns an expression into result lines. */
import type { MathNode } from "mathjs"
import {
  DIGITS,
  decimals,
  floats,
  fractions,
  LONG_DIGITS,
  longIntegers,
  rejectDisabledNodes,
  withKnownUnits,
} from "@/lib/ai/tools/calculate/math"
import type { CalculatedLine } from "@/lib/ai/tools/calculate/types"
import { MAX_TEX, ROUNDED, texOf, textOf } from "@/lib/ai/tools/calculate/words"

/** Result lines, or math.js' message about what is wrong with the expression. */
export type Calculated = { lines: CalculatedLine[] } | { wrong: string }

const MAX_LINES = 50
const MAX_RESULT = 20_000

/**
 * Calculates all lines of an expression; later ones may use the variables of earlier ones. Never throws for an invalid
 * one.
 */
export function calculate(expression: string): Calculated {
  try {
    const nodes = linesOf(decimals().parse(withKnownUnits(expression)))
    if (nodes.length > MAX_LINES) return { wrong: `More than ${MAX_LINES} lines` }
    for (const node of nodes) rejectDisabledNodes(node)
    const exact = valuesOf(nodes, decimals())
    const values = exact.some(isLong) ? longer(nodes, exact) : exact
    return { lines: nodes.map((node, index) => lineOf(node, values[index])) }
  } catch (error) {
    return { wrong: error instanceof Error ? error.message.slice(0, 300) : String(error) }
  }
}

const isBlock = (node: MathNode): node is MathNode & { blocks: { node: MathNode }[] } => node.type === "BlockNode"

const linesOf = (node: MathNode): MathNode[] => (isBlock(node) ? node.blocks.map((block) => block.node) : [node])

/** If a line's functions only support floating-point numbers, it and the lines after it are calculated with those. */
function valuesOf(nodes: MathNode[], { parse }: ReturnType<typeof decimals>): unknown[] {
  const scope = new Map<string, unknown>()
  try {
    return nodes.map((node) => parse(node.toString()).evaluate(scope))
  } catch (error) {
    const plain = floats()
    if (parse !== decimals().parse || !isAboutTypes(error)) throw error
    return valuesOf(nodes, plain)
  }
}

const isAboutTypes = (error: unknown) =>
  error instanceof TypeError || (error instanceof Error && /precision|BigNumber|Cannot convert/i.test(error.message))

/** Integers whose last digits were rounded. */
const isLong = (value: unknown): boolean => {
  const { math } = decimals()
  return math.isBigNumber(value) && value.isInteger() && value.e >= DIGITS - 4 && value.e < LONG_DIGITS - 10
}

function longer(nodes: MathNode[], known: unknown[]): unknown[] {
  try {
    const values = valuesOf(nodes, longIntegers())
    return known.map((value, index) => (isLong(value) ? values[index] : value))
  } catch {
    return known.map((value) => (isLong(value) ? rounded(value) : value))
  }
}

const rounded = (value: unknown) => {
  const { math } = decimals()
  return math.isBigNumber(value) ? value.toSignificantDigits(ROUNDED) : value
}

function lineOf(node: MathNode, value: unknown): CalculatedLine {
  const result = textOf(value)
  if (result.length > MAX_RESULT) throw new Error(`The result has ${result.length} characters, which is too long`)
  const fraction = fractionOf(node, value)
  return {
    expression: node.toString().slice(0, 2_000),
    expressionTex: shortTex(() => node.toTex({ parenthesis: "auto" })),
    result,
    resultTex: shortTex(() => texOf(value)),
    ...(fraction && { fraction }),
  }
}

function shortTex(make: () => string | null): string | null {
  try {
    const tex = make()
    return tex !== null && tex.length <= MAX_TEX ? tex : null
  } catch {
    return null
  }
}

const MAX_DENOMINATOR = 1_000_000n
const PLAIN = new Set(["ConstantNode", "OperatorNode", "ParenthesisNode"])

/** `5/6` for 0.8333…: only for a line with nothing but numbers and + − × ÷. */
function fractionOf(node: MathNode, value: unknown): string | undefined {
  const { math } = decimals()
  if (!math.isBigNumber(value) || value.isInteger() || value.precision() <= 20) return undefined
  let plain = true
  node.traverse((part) => {
    if (!PLAIN.has(part.type)) plain = false
  })
  if (!plain) return undefined
  try {
    const exact: unknown = fractions().parse(node.toString()).evaluate()
    if (!math.isFraction(exact) || BigInt(exact.d) > MAX_DENOMINATOR) return undefined
    return `${exact.s < 0 ? "-" : ""}${exact.n}/${exact.d}`
  } catch {
    return undefined
  }
}
