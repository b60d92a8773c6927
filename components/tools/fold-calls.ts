/** Groups consecutive finished calls into one line. Pure. */
import { isRecord } from "@/lib/is-record"

interface PartLike {
  type: string
  state?: unknown
  toolName?: unknown
  output?: unknown
  text?: unknown
}

const nameOf = ({ type, toolName }: PartLike): string | null =>
  type === "dynamic-tool" ? String(toolName) : type.startsWith("tool-") ? type.slice("tool-".length) : null

/** A finished call without a result to show. */
function isFolded(part: PartLike, isShown: (name: string) => boolean): boolean {
  const name = nameOf(part)
  if (name === null || isShown(name) || !String(part.state).startsWith("output")) return false
  const { output } = part
  return !(isRecord(output) && (output.charts || output.files))
}

/** A part between two calls that renders nothing. */
const isNothing = ({ type, text }: PartLike) =>
  type === "step-start" || ((type === "text" || type === "reasoning") && text === "")

/** Indexes of the parts, with runs of two or more such calls grouped. While streaming, each stands alone. */
export function foldedPartIndexes(
  parts: PartLike[],
  streaming: boolean,
  isShown: (name: string) => boolean,
): number[][] {
  const groups: number[][] = []
  let run: number[] = []
  const end = () => {
    const calls = run.filter((place) => nameOf(parts[place] ?? { type: "" }) !== null)
    if (calls.length > 1) groups.push(run)
    else for (const place of run) groups.push([place])
    run = []
  }
  parts.forEach((part, place) => {
    if (!streaming && (isFolded(part, isShown) || (run.length > 0 && isNothing(part)))) run.push(place)
    else {
      end()
      groups.push([place])
    }
  })
  end()
  return groups
}

/** The number of calls per tool, in order of first call, and the number that failed. */
export function summarizeCalls(parts: PartLike[]): { counts: [name: string, count: number][]; failed: number } {
  const counts = new Map<string, number>()
  let failed = 0
  for (const part of parts) {
    const name = nameOf(part)
    if (name === null) continue
    counts.set(name, (counts.get(name) ?? 0) + 1)
    if (part.state === "output-error") failed++
  }
  return { counts: [...counts], failed }
}
