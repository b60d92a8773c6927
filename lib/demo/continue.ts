/** Continuing an answer that broke off: the whole answer, without what was already said. */

import { CONTINUE_PROMPT } from "@/lib/ai/prompts/prompts"
import { type CompletionRequest, lastUser, type Reply, textOf } from "@/lib/demo/protocol/wire"

/** The original request, and what had been said; null if this is not a request to continue. */
export function brokenOff(body: CompletionRequest): { body: CompletionRequest; said: string } | null {
  const asked = lastUser(body)
  const [answer] = body.messages.slice(-2)
  if (!asked || textOf(asked) !== CONTINUE_PROMPT || answer?.role !== "assistant") return null
  return { body: { ...body, messages: body.messages.slice(0, -2) }, said: textOf(answer) }
}

/** What remains to be said; repeats the last `repeat` characters, as some models do. */
export function remaining(reply: Reply, said: string, repeat: number): Reply {
  const text = reply.text ?? ""
  const from = text.startsWith(said.trimEnd()) ? said.trimEnd().length : 0
  // A model starts its message with a word, not with the space before it.
  return { ...reply, reasoning: undefined, text: text.slice(Math.max(0, from - repeat)).trimStart() }
}
