/** Going on with an answer that broke off: what the whole answer would be, without what was said already. */

import { CONTINUE_PROMPT } from "@/lib/ai/prompts/prompts"
import { type CompletionRequest, lastUser, type Reply, textOf } from "@/lib/demo/protocol/wire"

/** The request as it was before it broke off, and what had been said; null when this is no “go on”. */
export function brokenOff(body: CompletionRequest): { body: CompletionRequest; said: string } | null {
  const asked = lastUser(body)
  const [answer] = body.messages.slice(-2)
  if (!asked || textOf(asked) !== CONTINUE_PROMPT || answer?.role !== "assistant") return null
  return { body: { ...body, messages: body.messages.slice(0, -2) }, said: textOf(answer) }
}

/** What is still to be said; `repeat` characters of what was said come again, as some models do it. */
export function remaining(reply: Reply, said: string, repeat: number): Reply {
  const text = reply.text ?? ""
  const from = text.startsWith(said.trimEnd()) ? said.trimEnd().length : 0
  // A model begins its message with a word, not with the space before it.
  return { ...reply, reasoning: undefined, text: text.slice(Math.max(0, from - repeat)).trimStart() }
}
