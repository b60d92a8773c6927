/** The formats to check; JSON Schema makes checking them optional. */
import { fullFormats } from "ajv-formats/dist/formats.js"

/** As the specification requires: in `u` mode, which rejects meaningless escapes. */
function isRegex(value: unknown): boolean {
  if (typeof value !== "string") return true
  try {
    return Boolean(new RegExp(value, "u"))
  } catch {
    return false
  }
}

/** Null if the format is unknown. */
export function matchesFormat(name: string, value: unknown): boolean | null {
  if (name === "regex") return isRegex(value)
  const format: unknown = Object.hasOwn(fullFormats, name) ? fullFormats[name as keyof typeof fullFormats] : null
  if (format === null || format === true) return null
  return matches(format, value)
}

function matches(format: unknown, value: unknown): boolean | null {
  if (format instanceof RegExp) return typeof value === "string" ? format.test(value) : true
  if (typeof format === "function") return typeof value === "string" ? Boolean(format(value)) : true
  if (typeof format !== "object" || format === null || !("validate" in format)) return null
  if ("type" in format && format.type === "number")
    return typeof value === "number" && typeof format.validate === "function" ? Boolean(format.validate(value)) : true
  return matches(format.validate, value)
}
