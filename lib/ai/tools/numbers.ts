/** Numbers with which an answer cites its sources: unique within the answer, whichever tool found them. */
import type { ModelMessage } from "ai"
import type { ToolContext } from "@/lib/ai/tools/define"

/** The highest number used, per run of an answer: its calls share one context. */
const taken = new WeakMap<ToolContext, number>()

/**
 * Reserves `count` consecutive free numbers and returns the first. Those of the answer's earlier steps are in
 * `messages`.
 */
export const numbersOf = (context: ToolContext, messages: ModelMessage[]) => (count: number) => {
  const before = taken.get(context) ?? highestIn(messages)
  taken.set(context, before + count)
  return before + 1
}

/** How tools begin the text of a source. Larger numbers are not ours. */
const TOLD = /^\[([1-9]\d{0,2})\] /gm

function highestIn(messages: ModelMessage[]): number {
  const question = messages.findLastIndex(({ role }) => role === "user")
  const told = messages
    .slice(question + 1)
    .flatMap(({ role, content }) =>
      role === "tool" ? content.flatMap((part) => (part.type === "tool-result" ? [part.output] : [])) : [],
    )
  const numbers = told.flatMap((output) =>
    output.type === "text" ? [...output.value.matchAll(TOLD)].map(([, number]) => Number(number)) : [],
  )
  return Math.max(0, ...numbers)
}
