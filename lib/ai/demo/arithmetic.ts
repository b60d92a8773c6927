/** Sums that a person may ask for: + − × ÷ ^ %, brackets. A parser, nothing is ever evaluated as code. */
export function findExpression(text: string): string | null {
  const candidates = text.match(/[-(\d][\d\s.,+\-*/×÷^%()]*[\d)]/g) ?? []
  const expression = candidates.find(
    (candidate) => /\d\s*[-+*/×÷^%]\s*[-(\d]/.test(candidate) && !/^\d{4}-\d{2}-\d{2}$/.test(candidate.trim()),
  )
  return expression?.trim() ?? null
}

/** The value, or null when it is no expression. Division by zero gives ±Infinity or NaN, as IEEE 754 does. */
export function evaluate(expression: string): number | null {
  const tokens = expression
    .replaceAll("×", "*")
    .replaceAll("÷", "/")
    .replaceAll(",", "")
    .match(/\d+(?:\.\d+)?|[-+*/^%()]/g)
  if (!tokens) return null
  const parser = new Parser(tokens)
  const value = parser.sum()
  return parser.finished ? value : null
}

class Parser {
  private position = 0
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
    for (let sign = this.take("+", "-"); sign; sign = this.take("+", "-"))
      value = sign === "+" ? value + this.product() : value - this.product()
    return value
  }

  private product(): number {
    let value = this.power()
    for (let sign = this.take("*", "/", "%"); sign; sign = this.take("*", "/", "%")) {
      const right = this.power()
      value = sign === "*" ? value * right : sign === "/" ? value / right : value % right
    }
    return value
  }

  private power(): number {
    const base = this.atom()
    return this.take("^") ? base ** this.power() : base
  }

  private atom(): number {
    if (this.take("-")) return -this.atom()
    if (this.take("(")) {
      const value = this.sum()
      return this.take(")") ? value : Number.NaN
    }
    const token = this.tokens[this.position]
    if (token === undefined || !/^\d/.test(token)) return Number.NaN
    this.position++
    return Number(token)
  }
}
