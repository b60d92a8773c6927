/** The reasoning of models that can't turn it off: it precedes any answer, including titles and data. */
import type { CompletionRequest, Reply } from "@/lib/demo/protocol/wire"
import { textOf } from "@/lib/demo/protocol/wire"
import { keyTerms } from "@/lib/demo/words/words"

/**
 * Sentences of about ten tokens each: about 300 tokens at the lowest level, which is more than a title has room for.
 */
const SENTENCES: Record<string, number> = { low: 28, medium: 36, high: 48, xhigh: 64, max: 64 }

/** The reply of a model that always reasons. */
export function withThought(reply: Reply, { messages, reasoning_effort: effort }: CompletionRequest): Reply {
  const question = messages.map(textOf).join(" ").slice(-4_000)
  const terms = keyTerms(question, 8)
  const about = (at: number) => terms[at % Math.max(1, terms.length)] ?? "the question"
  const more = Array.from(
    { length: SENTENCES[String(effort)] ?? 36 },
    (_, at) => `${at + 1}. I look at ${about(at)} once more before I answer.`,
  )
  return { ...reply, reasoning: [...(reply.reasoning ? [reply.reasoning] : []), ...more].join("\n") }
}
