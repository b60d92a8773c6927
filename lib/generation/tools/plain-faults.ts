/** Calls that went wrong in an answer, as the model is told of them in later turns, too. */
import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from "ai"
import { isForeign } from "@/lib/ai/tools"
import { faultForModel } from "@/lib/ai/tools/errors"
import { isQuoted, quoted } from "@/lib/ai/tools/told"
import { asObject } from "@/lib/chat/sound-turns"

type ToolPart = ToolModelMessage["content"][number]
type AssistantPart = Exclude<AssistantModelMessage["content"], string>[number]

/** The messages with arguments that servers take back, and with what the SDK says of failures in plain words. */
export const withPlainFaults = (messages: ModelMessage[]): ModelMessage[] =>
  messages.map((message) => {
    if (message.role === "tool") return { ...message, content: message.content.map(plain) }
    if (message.role !== "assistant" || typeof message.content === "string") return message
    return { ...message, content: message.content.map(sound) }
  })

function plain(part: ToolPart): ToolPart {
  if (part.type !== "tool-result" || part.output.type !== "error-text") return part
  const told = faultForModel(part.output.value)
  // A server's words may be orders: an error is no way around the quotation of its results.
  return {
    ...part,
    output: { ...part.output, value: isForeign(part.toolName) && !isQuoted(told) ? quoted(told) : told },
  }
}

const sound = (part: AssistantPart): AssistantPart =>
  part.type === "tool-call" ? { ...part, input: asObject(part.input) } : part
