/** Finds differences between two JSON values. Pure. */
import type { OutputProblem } from "@/lib/messages/types"
import { problemAt } from "@/lib/output/problems"

const MAX_DIFFERENCES = 20

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Values too deep to serialize are abbreviated. */
function shown(value: unknown): string {
  if (value === undefined) return "–"
  try {
    return JSON.stringify(value)
  } catch {
    return Array.isArray(value) ? "[…]" : "{…}"
  }
}

const escaped = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1")

/**
 * The places where `got` differs from `wanted`, at most 20; empty if they are equal. The order of members doesn't
 * matter, that of items does. Not recursive: an answer may be nested arbitrarily deep.
 */
export function differences(wanted: unknown, got: unknown): OutputProblem[] {
  const found: OutputProblem[] = []
  const rest: [path: string, wanted: unknown, got: unknown][] = [["", wanted, got]]
  for (let next = rest.pop(); next && found.length < MAX_DIFFERENCES; next = rest.pop()) {
    const [path, left, right] = next
    const parts = partsOf(path, left, right)
    if (parts) rest.push(...parts.reverse())
    else if (left !== right)
      found.push(problemAt(path, "eval:finding/differs", { wanted: shown(left), got: shown(right) }))
  }
  return found
}

/** Their members or items in pairs; null unless both are arrays or both are objects. */
function partsOf(path: string, left: unknown, right: unknown): [string, unknown, unknown][] | null {
  if (Array.isArray(left) && Array.isArray(right))
    return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => [
      `${path}/${at}`,
      left[at],
      right[at],
    ])
  if (!isObject(left) || !isObject(right)) return null
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  const own = (value: Record<string, unknown>, name: string) => (Object.hasOwn(value, name) ? value[name] : undefined)
  return names.map((name) => [`${path}/${escaped(name)}`, own(left, name), own(right, name)])
}
