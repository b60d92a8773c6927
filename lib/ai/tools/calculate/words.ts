/** Formats math.js values as text and as TeX. */
import { type BigNumber, format, type Matrix, typeOf, type Unit } from "mathjs"
import { LONG_DIGITS } from "@/lib/ai/tools/calculate/math"

/** Longest TeX that is typeset, in characters. */
export const MAX_TEX = 4_000

/** Digits of an exact decimal number, of a non-terminating one, and of one with a unit, whose factors are rounded. */
const EXACT = 40
export const ROUNDED = 20
const WITH_UNIT = 15

const isBig = (value: unknown): value is BigNumber => typeOf(value) === "BigNumber"
const isUnit = (value: unknown): value is Unit => typeOf(value) === "Unit"
const isMatrix = (value: unknown): value is Matrix => /Matrix$/.test(typeOf(value))
const isList = (value: unknown): value is unknown[] => Array.isArray(value)

/** A value in plain text. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value
  if (isBig(value)) return bigText(value)
  if (isMatrix(value)) return textOf(value.toArray())
  if (isList(value)) return `[${value.map(textOf).join(", ")}]`
  if (typeOf(value) === "function") return String(Reflect.get(Object(value), "syntax") ?? "function")
  if (value === undefined || value === null) return "undefined"
  return format(value, isUnit(value) ? { precision: WITH_UNIT, upperExp: WITH_UNIT } : { precision: WITH_UNIT })
}

function bigText(value: BigNumber): string {
  if (value.isInteger() && value.e < LONG_DIGITS && (value.e <= 30 || value.precision() > ROUNDED))
    return value.toFixed(0)
  const digits = value.precision() <= EXACT ? value : value.toSignificantDigits(ROUNDED)
  return digits.e < -9 || digits.e > 30 ? digits.toExponential().replace("e+", "e") : digits.toFixed()
}

/** The value as TeX; null if it has none. */
export function texOf(value: unknown): string | null {
  if (isMatrix(value)) return matrixTex(value.toArray())
  if (isList(value)) return matrixTex(value)
  switch (typeOf(value)) {
    case "number":
    case "BigNumber":
    case "bigint":
      return numberTex(textOf(value))
    case "Fraction":
      return numberTex(textOf(value))
    case "Complex":
      return textOf(value).replaceAll("Infinity", "\\infty ")
    case "Unit":
      return unitTex(textOf(value))
    case "boolean":
      return `\\text{${value}}`
    default:
      return hasTex(value) ? value.toTex() : null
  }
}

const hasTex = (value: unknown): value is { toTex(): string } =>
  typeof value === "object" && value !== null && "toTex" in value && typeof value.toTex === "function"

function numberTex(text: string): string {
  const [, mantissa = text, exponent] = /^(.+?)e\+?(-?\d+)$/i.exec(text) ?? []
  if (text === "NaN") return "\\text{NaN}"
  if (/Infinity/.test(text)) return text.replace("Infinity", "\\infty")
  return exponent === undefined ? mantissa : `${mantissa}\\cdot 10^{${exponent}}`
}

/** `5.2 km / h^2`: the number, and the unit in upright type. */
function unitTex(text: string): string {
  const [number = "", ...unit] = text.split(" ")
  const upright = unit
    .join(" ")
    .replace(/\^(-?\d+)/g, "}^{$1}\\mathrm{")
    .replaceAll(" / ", "/")
    .replaceAll(" ", "\\,")
  return `${numberTex(number)}\\,\\mathrm{${upright}}`
}

const MAX_CELLS = 100

function matrixTex(value: unknown[]): string | null {
  const rows = value.every(isList) ? value : [value]
  if (rows.some((row) => row.some(isList)) || rows.reduce((sum, row) => sum + row.length, 0) > MAX_CELLS) return null
  const cells = rows.map((row) => row.map((cell) => texOf(cell) ?? `\\text{${typeOf(cell)}}`).join(" & "))
  return `\\begin{bmatrix}${cells.join(" \\\\ ")}\\end{bmatrix}`
}
