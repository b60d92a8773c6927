/** Strings for a `pattern`: selected from candidates with a linear-time engine, or built from the pattern. */
import { RE2JS, RE2JSException } from "re2js"
import { WireError } from "@/lib/demo/protocol/wire"

/** Characters of a pattern, and of what is built for it. */
const LONGEST = 500
const MAX_NESTING = 12

/** A function that tests whether a text contains a match. Throws `WireError` 400 for an invalid pattern. */
export function matcherOf(pattern: string): (text: string) => boolean {
  if (pattern.length > LONGEST)
    throw new WireError(400, "invalid_request", `A pattern of the schema has more than ${LONGEST} characters`)
  try {
    const compiled = RE2JS.compile(pattern)
    return (text) => compiled.matcher(text).find()
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause
    throw new WireError(400, "invalid_request", `Invalid pattern in the schema: '${pattern}': ${cause.message}`)
  }
}

/** A text for a pattern: the first matching candidate, or else one built from the pattern (best effort). */
export function fitPattern(pattern: string, candidates: string[]): string {
  const fits = matcherOf(pattern)
  return (
    candidates.find((candidate) => candidate !== "" && candidate.length < LONGEST && fits(candidate)) ?? build(pattern)
  )
}

/** The shortest text for a pattern of groups, alternatives, classes, and counts. */
export function build(pattern: string): string {
  return new Builder(pattern).alternatives(0).slice(0, LONGEST)
}

class Builder {
  private position = 0
  constructor(private readonly pattern: string) {}

  /** Takes the first of `a|b`. */
  alternatives(depth: number): string {
    const first = this.sequence(depth)
    while (this.pattern[this.position] === "|") {
      this.position++
      this.sequence(depth)
    }
    return first
  }

  private sequence(depth: number): string {
    let built = ""
    while (this.position < this.pattern.length && !/[|)]/.test(this.pattern[this.position] ?? "")) {
      const unit = this.unit(depth)
      built += unit.repeat(Math.min(this.least(), LONGEST)).slice(0, LONGEST)
    }
    return built
  }

  private unit(depth: number): string {
    const character = this.pattern[this.position++] ?? ""
    if (character === "^" || character === "$") return ""
    if (character === ".") return "a"
    if (character === "[") return this.oneOfClass()
    if (character === "\\") return this.escaped()
    if (character !== "(" || depth > MAX_NESTING) return character
    const [opening = ""] = /^\?(?::|P?<\w+>|[ims-]+:)/.exec(this.pattern.slice(this.position)) ?? []
    this.position += opening.length
    const inside = this.alternatives(depth + 1)
    this.position++
    return inside
  }

  private escaped(): string {
    const character = this.pattern[this.position++] ?? ""
    if (character === "p" || character === "P") {
      const name = /^(?:\{\^?(\w+)\}|(\w))/.exec(this.pattern.slice(this.position))
      this.position += name?.[0].length ?? 0
      return CATEGORIES[(name?.[1] ?? name?.[2] ?? "").slice(0, 2)] ?? "a"
    }
    return ESCAPES[character] ?? character
  }

  /** Minimum number of repetitions: a lazy modifier and an upper bound don't matter. */
  private least(): number {
    const [all = "", mark, count] = /^(?:([*+?])|\{(\d+)(?:,\d*)?\})[?+]?/.exec(this.pattern.slice(this.position)) ?? []
    this.position += all.length
    return count ? Number(count) : mark === "*" || mark === "?" ? 0 : 1
  }

  private oneOfClass(): string {
    const negated = this.pattern[this.position] === "^"
    if (negated) this.position++
    const start = this.position
    const members: string[] = []
    while (this.position < this.pattern.length && (this.pattern[this.position] !== "]" || this.position === start)) {
      const character = this.pattern[this.position++] ?? ""
      members.push(character === "\\" ? this.escaped() : character)
    }
    const inside = this.pattern.slice(start, this.position)
    this.position++
    if (!negated) return members[0] ?? ""
    const excluded = RE2JS.compile(`[${inside}]`)
    return [..."aA0 -_.~é"].find((candidate) => !excluded.matches(candidate)) ?? "a"
  }
}

const ESCAPES: Record<string, string> = {
  d: "1",
  w: "a",
  s: " ",
  D: "a",
  W: "-",
  S: "a",
  b: "",
  B: "",
  A: "",
  z: "",
  n: "\n",
  t: "\t",
  r: "\r",
}
const CATEGORIES: Record<string, string> = { Lu: "A", Ll: "a", L: "a", N: "1", Nd: "1", P: ".", Z: " ", S: "+" }
