/** How failed calls of an answer are presented to the model, in later turns too. */
import type { AssistantModelMessage, ModelMessage, ToolModelMessage } from "ai"
import { isForeign } from "@/lib/ai/tools"
import { errorForModel } from "@/lib/ai/tools/errors"
import { isQuoted, quoted } from "@/lib/ai/tools/told"
import { asObject } from "@/lib/chat/sound-turns"

type ToolPart = ToolModelMessage["content"][number]
type AssistantPart = Exclude<AssistantModelMessage["content"], string>[number]

/** The messages with arguments that servers accept back, and with the SDK's failure texts in plain words. */
export const withPlainErrors = (messages: ModelMessage[]): ModelMessage[] =>
  messages.map((message) => {
    if (message.role === "tool") return { ...message, content: message.content.map(plain) }
    if (message.role !== "assistant" || typeof message.content === "string") return message
    return { ...message, content: message.content.map(sound) }
  })

function plain(part: ToolPart): ToolPart {
  if (part.type !== "tool-result" || part.output.type !== "error-text") return part
  const told = errorForModel(part.output.value)
  // A server's error text may contain instructions, so errors are quoted like its results.
  return {
    ...part,
    output: { ...part.output, value: isForeign(part.toolName) && !isQuoted(told) ? quoted(told) : told },
  }
}

const sound = (part: AssistantPart): AssistantPart =>
  part.type === "tool-call" ? { ...part, input: asObject(part.input) } : part
