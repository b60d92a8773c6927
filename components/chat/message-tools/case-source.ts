/** What an eval case can take from an answer. Pure. */
import { attachedOf, textOf } from "@/components/base/message-content"
import type { AnswerSource } from "@/components/evals/cases/draft"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"
import { effectiveText, withEffectiveText } from "@/lib/output/answer/edits"

/** An answer with its question; null when the question isn't among these messages. */
export function caseSource(messages: ChatMessage[], answerId: string, settings: ChatSettings): AnswerSource | null {
  const answer = messages.find(({ id }) => id === answerId)
  const question = messages.find(({ id }) => id === answer?.metadata?.parentId)
  if (!answer || question?.role !== "user") return null
  const output = answer.metadata?.output
  const schema = output?.type === "json_schema" ? { name: output.name, schema: output.schema } : null
  return {
    question: textOf(question),
    system: settings.systemPrompt ?? "",
    answer: output ? effectiveText(answer.parts) : textOf(withEffectiveText(answer)),
    schema,
    more: Boolean(question.metadata?.parentId) || attachedOf(question).length > 0,
  }
}
