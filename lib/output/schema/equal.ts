/** Equality of JSON values as JSON Schema defines it: member order doesn't matter. */

/**
 * Returns equal texts for equal values, and different texts for different ones. Throws RangeError when nested too
 * deeply.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(Object.is(value, -0) ? 0 : value)
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.sort().join(",")}}`
}

export const isEqual = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b)

/** A finite number as integer × 10^power, exactly as written in decimal. */
function decimal(value: number): { whole: bigint; power: number } {
  const [mantissa = "0", power = "0"] = value.toExponential().split("e")
  const [digits = "0", fraction = ""] = mantissa.split(".")
  return { whole: BigInt(digits + fraction), power: Number(power) - fraction.length }
}

/** Calculates in decimal: 19.99 is a multiple of 0.01. */
export function isMultiple(value: number, of: number): boolean {
  if (!Number.isFinite(value) || !Number.isFinite(of) || of === 0) return false
  const [a, b] = [decimal(value), decimal(of)]
  const power = Math.min(a.power, b.power)
  const scaled = ({ whole, power: own }: typeof a) => whole * 10n ** BigInt(own - power)
  return scaled(a) % scaled(b) === 0n
}
