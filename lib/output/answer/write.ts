/** Replaces values in JSON; all other numbers keep their exact digits. Pure; safe to import in the browser. */
import { JsonObject } from "@/lib/output/json-source"
import { jsonText } from "@/lib/output/rows"

/**
 * JSON text of `value` (from `readJson`) with some values replaced. Missing members are added. A place whose parent
 * doesn't exist is ignored.
 */
export function withValues(value: unknown, changes: ReadonlyMap<string, unknown>): string {
  let root = value
  for (const [pointer, next] of changes) root = withValue(root, steps(pointer), next)
  return jsonText(root)
}

const steps = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))

function withValue(holder: unknown, [step, ...rest]: string[], next: unknown): unknown {
  if (step === undefined) return next
  if (Array.isArray(holder)) {
    const index = /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : -1
    return index < holder.length
      ? holder.map((item, at) => (at === index ? withValue(item, rest, next) : item))
      : holder
  }
  if (!(holder instanceof JsonObject)) return holder
  const copy = new JsonObject()
  // Of duplicate members, only one remains: replacing the value decides which.
  const at = holder.members.findLastIndex(([name]) => name === step)
  for (const [index, member] of holder.members.entries()) {
    if (index === at) copy.members.push([step, withValue(member[1], rest, next)])
    else if (member[0] !== step) copy.members.push(member)
  }
  if (at < 0 && rest.length === 0) copy.members.push([step, next])
  return copy
}
