/** Arithmetic expressions in a question: + − × ÷ ^ %, parentheses. A parser; nothing is ever evaluated as code. */

/** Characters of an expression; anything longer is prose, and this keeps the parser's stack small. */
const LONGEST = 200
/** Characters of a text that are searched. */
const SEARCHED = 20_000

const WORDS: [pattern: RegExp, symbol: string][] = [
  [/(\d)\s*(?:%|percent|per cent)\s+of\s+(?=[\d(.])/gi, "$1% * "],
  [/([\d)])\s+plus\s+(?=[\d(.-])/gi, "$1 + "],
  [/([\d)])\s+minus\s+(?=[\d(.-])/gi, "$1 - "],
  [/([\d)])\s+(?:times|multiplied by)\s+(?=[\d(.-])/gi, "$1 * "],
  [/([\d)])\s+(?:divided by|over)\s+(?=[\d(.-])/gi, "$1 / "],
  [/([\d)])\s+(?:to the power of|\^)\s+(?=[\d(.-])/gi, "$1 ^ "],
]
const ASKS = /(?:\b(?:what(?:['’]s| is)|how much is|calculate|compute|evaluate|solve|work out|sum:?)|=)\s*$/i

/**
 * The first expression in a text, in symbols; null if there is none. Ignores what only resembles one: dates, phone
 * numbers, and ranges or fractions that nobody asks to calculate (“pages 10-20”, “1/2 cup”).
 */
export function findExpression(text: string): string | null {
  let searched = text.slice(0, SEARCHED)
  for (const [pattern, symbol] of WORDS) searched = searched.replace(pattern, symbol)
  for (const found of searched.matchAll(/[-−+(.\d](?:[\d \t.+\-−*/×÷^%()]|,(?=\d))*/g)) {
    const expression = found[0].replace(/^[.\s]+(?!\d)/, "").replace(/[\s.*/+×÷^-]+$/, "")
    const before = searched.slice(Math.max(0, found.index - 40), found.index)
    if (expression.length > LONGEST || /[\p{L}\d#_]$/u.test(before)) continue
    const after = searched.slice(found.index + found[0].length, found.index + found[0].length + 40)
    const asked = ASKS.test(before) || (before.trim() === "" && /^[=?.!\s]*$/.test(after))
    if (!/[\d)%]\s*(?:[-−+/×÷^%]|\*\*?)\s*[-−(.\d]/.test(expression)) continue
    if (!asked && looksLikeSomethingElse(expression)) continue
    if (isDateOrPhone(expression, before)) continue
    if (evaluate(expression) !== null) return expression
  }
  return null
}

/** A range, a score, or a fraction: two numbers with a hyphen, or numbers with slashes. */
const looksLikeSomethingElse = (expression: string): boolean => /^\d+(?: ?- ?\d+)+$|^\d+(?:\/\d+)+$/.test(expression)

function isDateOrPhone(expression: string, before: string): boolean {
  if (expression.startsWith("+")) return true
  const parts = /^\d+(?:([-/])\d+)(?:\1\d+)*$/.test(expression) ? expression.split(/[-/]/) : []
  if (parts.length === 3 && parts.some(({ length }) => length === 4)) return true
  return parts.length > 0 && /^(?:\d{3}-)+\d{4}$/.test(expression) && before.trim() === ""
}

/**
 * The value, or null if it isn't an expression, or is longer than 200 characters. Division by zero gives ±Infinity or
 * NaN, as in IEEE 754. `%` after a number is a percentage, between two numbers the remainder.
 */
export function evaluate(expression: string): number | null {
  if (expression.length > LONGEST) return null
  const tokens = tokensOf(expression)
  if (!tokens) return null
  const parser = new Parser(tokens)
  const value = parser.sum()
  return parser.finished && !parser.broken ? value : null
}

const TOKEN = /\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,.])|\d+(?:\.\d+)?(?![\d,.]\d|\d)|\.\d+|\*\*|[-+*/^%()])/y

function tokensOf(expression: string): string[] | null {
  const text = expression.replaceAll("×", "*").replaceAll("÷", "/").replaceAll("−", "-").trim()
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[1]
    if (!token) return null
    tokens.push(token === "**" ? "^" : token.replaceAll(",", ""))
  }
  return tokens
}

class Parser {
  private position = 0
  broken = false
  constructor(private readonly tokens: string[]) {}

  get finished(): boolean {
    return this.position === this.tokens.length
  }

  private take(...wanted: string[]): string | null {
    const token = this.tokens[this.position]
    if (token === undefined || !wanted.includes(token)) return null
    this.position++
    return token
  }

  sum(): number {
    let value = this.product()
    for (let sign = this.take("+", "-"); sign; sign = this.take("+", "-")) {
      const from = this.position
      const right = this.product()
      // “100 + 10%” is 110, as on a pocket calculator.
      const share = this.tokens[this.position - 1] === "%" && this.position - from === 2 ? value * right : right
      value = sign === "+" ? value + share : value - share
    }
    return value
  }

  private product(): number {
    let value = this.signed()
    for (let sign = this.times(); sign; sign = this.times()) {
      const right = this.signed()
      value = sign === "*" ? value * right : sign === "/" ? value / right : value % right
    }
    return value
  }

  /** The next operator of a product; a parenthesis after a parenthesis or a number multiplies. */
  private times(): string | null {
    return this.tokens[this.position] === "(" ? "*" : this.take("*", "/", "%")
  }

  /** A minus sign binds less tightly than a power: −2² is −4. */
  private signed(): number {
    if (this.take("+")) return this.signed()
    return this.take("-") ? -this.signed() : this.power()
  }

  private power(): number {
    const base = this.percentage()
    return this.take("^") ? base ** this.signed() : base
  }

  private percentage(): number {
    const value = this.atom()
    const next = this.tokens[this.position + 1]
    if (this.tokens[this.position] !== "%" || (next !== undefined && /^[\d.(]/.test(next))) return value
    this.position++
    return value / 100
  }

  private atom(): number {
    if (this.take("(")) {
      const value = this.sum()
      if (!this.take(")")) this.broken = true
      return value
    }
    const token = this.tokens[this.position]
    if (token === undefined || !/^[\d.]/.test(token)) {
      this.broken = true
      return Number.NaN
    }
    this.position++
    return Number(token)
  }
}

/** A number as Markdown: whole numbers exactly up to 2⁵³, otherwise twelve digits, large ones as a power of ten. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "not defined"
  if (!Number.isFinite(value))
    return value > 0 ? "infinite (a division by zero)" : "minus infinite (a division by zero)"
  if (Number.isSafeInteger(value)) return value.toLocaleString("en")
  const size = Math.abs(value)
  if (size >= 1e15 || size < 1e-6) {
    const [digits = "", exponent = ""] = value.toExponential(11).split("e")
    return `about ${Number(digits)} × 10^${Number(exponent)}`
  }
  return Number(value.toPrecision(12)).toLocaleString("en", { maximumFractionDigits: 12 })
}
