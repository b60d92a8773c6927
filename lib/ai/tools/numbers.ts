/** Numbers by which an answer names its sources: each once in the whole answer, whichever tool found it. */
import type { ModelMessage } from "ai"
import type { ToolContext } from "@/lib/ai/tools/define"

/** The highest number taken, of each run of an answer: its calls share one context. */
const taken = new WeakMap<ToolContext, number>()

/** Gives the first of `count` numbers in a row that are free. Those of the answer's earlier steps stand in `messages`. */
export const numbersOf = (context: ToolContext, messages: ModelMessage[]) => (count: number) => {
  const before = taken.get(context) ?? highestIn(messages)
  taken.set(context, before + count)
  return before + 1
}

/** What tools tell of a source begins with it. More than this is no number of ours. */
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
