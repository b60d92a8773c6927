/** Valid JSON that different programs read differently (RFC 8259, sections 4 and 6; RFC 7493). */
import type { OutputProblem } from "@/lib/messages/types"
import { isInexact, JsonNumber, JsonObject } from "@/lib/output/json-source"
import { problemAt } from "@/lib/output/problems"
import { escapePointer } from "@/lib/output/schema/finding"

const LONGEST_SHOWN = 60
const shown = (source: string) => (source.length > LONGEST_SHOWN ? `${source.slice(0, LONGEST_SHOWN)}…` : source)

/** Numbers that most programs can't represent, and duplicate members; at most `most`, in text order. */
export function sourceProblems(value: unknown, most: number): OutputProblem[] {
  const problems: OutputProblem[] = []
  const rest: [path: string, value: unknown][] = [["", value]]
  for (let next = rest.pop(); next && problems.length < most; next = rest.pop()) {
    const [path, part] = next
    if (part instanceof JsonNumber && isInexact(part.source)) problems.push(numberProblem(path, part.source))
    if (part instanceof JsonObject) problems.push(...doubled(part, path).slice(0, most - problems.length))
    rest.push(...membersOf(part, path).reverse())
  }
  return problems
}

function membersOf(value: unknown, path: string): [string, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [`${path}/${index}`, item])
  return value instanceof JsonObject
    ? value.members.map(([name, member]) => [`${path}/${escapePointer(name)}`, member])
    : []
}

function numberProblem(path: string, source: string): OutputProblem {
  const read = Number(source)
  const number = shown(source)
  return Number.isFinite(read)
    ? problemAt(path, "problem:number", { number, read: String(read) })
    : problemAt(path, "problem:number/unread", { number })
}

function doubled({ members }: JsonObject, path: string): OutputProblem[] {
  const times = new Map<string, number>()
  for (const [name] of members) times.set(name, (times.get(name) ?? 0) + 1)
  return [...times]
    .filter(([, count]) => count > 1)
    .map(([name, count]) => problemAt(`${path}/${escapePointer(name)}`, "problem:twice", { count }))
}
