import { useMessageContext } from "@/components/message/parts/message-context"
import type { ChatMessage } from "@/lib/messages/types"

/** A function from an answer to the name of the model that gave it. */
export function useAnswerName(): (answer: ChatMessage) => string {
  const { modelName } = useMessageContext()
  return ({ metadata }) => modelName(metadata?.model ?? "")
}
