/** The thinking of models that can't leave it off: it comes before whatever they answer, titles and data too. */
import type { CompletionRequest, Reply } from "@/lib/demo/protocol/wire"
import { textOf } from "@/lib/demo/protocol/wire"
import { keyTerms } from "@/lib/demo/words/words"

/** Sentences of some ten tokens each: some 300 tokens for the least, which is more than a title has room for. */
const SENTENCES: Record<string, number> = { low: 28, medium: 36, high: 48, xhigh: 64, max: 64 }

/** The reply of a model that always thinks. */
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
