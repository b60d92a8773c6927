/** Regular expressions in schemas. */
import { RE2JS } from "re2js"

export interface Pattern {
  test(text: string): boolean
}

/** A pattern that can't be used, and why. */
export class UnusablePattern extends Error {
  constructor(
    readonly pattern: string,
    readonly reason: string,
    cause: unknown,
  ) {
    super(`the pattern ${pattern} can't be used (${reason})`, { cause })
  }
}

/** What a linear-time engine can't do: lookahead and lookbehind, backreferences, and `\S` in a class. */
const NEEDS_BACKTRACKING = /\(\?<?[=!]|\\[1-9]|\\k<|\[[^\]]*\\S/
/** Whitespace as in JavaScript; in RE2 it is ASCII only. */
const BLANKS =
  "\\t\\n\\x0B\\f\\r \\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}"
/** Unicode properties by long name, which RE2 doesn't know. */
const PROPERTY = /\\p\{/i

/**
 * Patterns run on a linear-time engine: a user's `(a+)+$` must not block anything. Those it can't handle run on
 * JavaScript's own engine, which may run indefinitely; the worker thread's deadline ends it. Throws `UnusablePattern`.
 */
export function compilePattern(pattern: string): Pattern {
  try {
    if (NEEDS_BACKTRACKING.test(pattern)) return new RegExp(pattern, "u")
    return linear(pattern)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace("error parsing regexp: ", "") : String(cause)
    throw new UnusablePattern(pattern, reason, cause)
  }
}

function linear(pattern: string): Pattern {
  try {
    const compiled = RE2JS.compile(withBlanks(RE2JS.translateRegExp(pattern)))
    return { test: (text) => compiled.matcher(text).find() }
  } catch (error) {
    if (PROPERTY.test(pattern)) return new RegExp(pattern, "u")
    throw error
  }
}

/** Each character of a pattern, with an escape as one. */
const SIGN = /\\.|[^\\]/gsu

function withBlanks(pattern: string): string {
  let inClass = false
  return pattern.replace(SIGN, (sign) => {
    // The bell character in RE2, meaningless in JavaScript.
    if (sign === "\\a") throw new Error("invalid escape sequence: \\a")
    if (sign === "\\s") return inClass ? BLANKS : `[${BLANKS}]`
    if (sign === "\\S" && !inClass) return `[^${BLANKS}]`
    if (sign === "[") inClass = true
    else if (sign === "]") inClass = false
    return sign
  })
}
