/**
 * JSON as written: numbers with all their digits, duplicate members, names such as `__proto__`. `JSON.parse` loses
 * these (9007199254740993 becomes …992). Linear, not recursive.
 */
import { type JsonScan, type JsonToken, scanJson } from "@/lib/output/json-scan"

/** A number with its original digits. */
export class JsonNumber {
  constructor(readonly source: string) {}
}

/** An object with its members in order. */
export class JsonObject {
  readonly members: [name: string, value: unknown][] = []
}

export interface JsonReading extends JsonScan {
  /** Strings, booleans, null, and lists are plain JavaScript; undefined before the first value. */
  value: unknown
  /** The last string or number may continue: the text ended within it, or right after its digits. */
  open: boolean
}

/** The value starting at `from`, as far as it has arrived. */
export function readJson(text: string, from = 0): JsonReading {
  const top: unknown[] = []
  const open: (JsonObject | unknown[])[] = [top]
  const names: string[] = []
  let last = ""
  const add = (value: unknown) => {
    const holder = open.at(-1)
    if (holder instanceof JsonObject) holder.members.push([names.pop() ?? "", value])
    else holder?.push(value)
  }
  const visit = ({ text: token, name }: JsonToken) => {
    last = token
    if (token === "," || token === ":") return
    if (name) names.push(stringOf(token))
    else if (token === "]" || token === "}") open.pop()
    else if (token === "[" || token === "{") {
      const holder = token === "{" ? new JsonObject() : []
      add(holder)
      open.push(holder)
    } else add(leafOf(token))
  }
  const scan = scanJson(text, from, visit)
  const half = scan.half === null ? "" : text.slice(scan.half)
  // A truncated name has no value yet: an object awaits a value only after a name.
  const waits = !(open.at(-1) instanceof JsonObject) || names.length > 0
  const isText = waits && half.startsWith('"')
  const isNumber = waits && /^-?\d/.test(half)
  if (isText) add(stringOf(`${half.replace(HALF_ESCAPE, "$1")}"`))
  else if (isNumber) add(new JsonNumber(half.replace(/\D+$/, "")))
  const digits = scan.state === "cut" && scan.half === null && /^[-\d]/.test(last) && /\d$/.test(text)
  return { ...scan, value: top[0], open: isText || isNumber || digits }
}

/** A truncated escape, but not the second half of an escaped backslash. */
const HALF_ESCAPE = /([^\\](?:\\\\)*)\\(?:u[\da-fA-F]{0,3})?$/

const stringOf = (token: string): string => String(JSON.parse(token))

function leafOf(token: string): unknown {
  if (token.startsWith('"')) return stringOf(token)
  return /^[-\d]/.test(token) ? new JsonNumber(token) : token === "null" ? null : token === "true"
}

/** The same JSON with one member per line: only whitespace differs. Invalid JSON is returned unchanged. */
export function prettyJson(text: string): string {
  let out = ""
  let depth = 0
  let before = ""
  const line = () => `\n${"  ".repeat(depth)}`
  const { state } = scanJson(text, 0, ({ text: token }) => {
    const closes = token === "]" || token === "}"
    if (closes) depth--
    const empty = closes && (before === "[" || before === "{")
    const begins = before === "[" || before === "{" || before === ","
    if ((begins || closes) && !empty) out += line()
    out += token === ":" ? ": " : token
    if (token === "[" || token === "{") depth++
    before = token
  })
  return state === "whole" ? out : text
}

/**
 * Whether programs that store numbers as doubles (IEEE 754), which most do, would read a different integer (such as an
 * ID or an account number), none, or 0. Fraction digits beyond a double's precision are fine: π with twenty digits is
 * still π.
 */
export function isInexact(source: string): boolean {
  const number = Number(source)
  const isFraction = Number.isFinite(number) && number !== 0 && Math.abs(number) <= Number.MAX_SAFE_INTEGER
  return !isFraction && digitsOf(source) !== digitsOf(String(number))
}

/** Digits and power of ten, without insignificant zeros. */
function digitsOf(source: string): string {
  const [, whole = "", fraction = "", power = "0"] = /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(source) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, "")
  const bare = digits.replace(/0+$/, "")
  return bare === "" ? "0" : `${bare}e${Number(power) - fraction.length + digits.length - bare.length}`
}
