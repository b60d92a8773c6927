/** Small readers of JSON that a server sent. */
export type Json = Record<string, unknown>

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const stringOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** A number, also one that is written as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value
  return typeof number === "number" && Number.isFinite(number) ? number : undefined
}
