/** Failed calls that can be run again. Pure, and without a schema library, because the page uses it too. */
import { isRecord } from "@/lib/is-record"
import type { ChatMessage } from "@/lib/messages/types"

type Parts = ChatMessage["parts"]
type CallPart = Extract<Parts[number], { toolCallId: string }>

/** Failures that would recur with the same arguments: an invalid call, or a tool that is turned off. */
const HOPELESS: ReadonlySet<unknown> = new Set(["tool:wrong_input", "tool:unknown", "tool:off"])

const sentenceKeyOf = (metadata: unknown): unknown =>
  isRecord(metadata) && isRecord(metadata.sparkler) && isRecord(metadata.sparkler.sentence)
    ? metadata.sparkler.sentence.key
    : undefined

/**
 * What remains of an answer when a failed call of its last step with calls is run again: everything up to the end of
 * that step. The model's text about the failure is replaced by its text about the result. Null if that is not possible:
 * the model has called other tools since, or received a note.
 */
export function beforeRetry(parts: Parts, toolCallId: string): { kept: Parts; call: CallPart } | null {
  const isFailed = (part: Parts[number]): part is CallPart =>
    "toolCallId" in part && part.toolCallId === toolCallId && part.state === "output-error"
  const call = parts.findLast(isFailed)
  if (!call || !("resultProviderMetadata" in call || "errorText" in call)) return null
  if (HOPELESS.has(sentenceKeyOf("resultProviderMetadata" in call ? call.resultProviderMetadata : undefined)))
    return null
  const place = parts.indexOf(call)
  const next = parts.slice(place).findIndex(({ type }) => type === "step-start" || type === "data-steer")
  const end = next < 0 ? parts.length : place + next
  if (parts.slice(end).some((part) => "toolCallId" in part || part.type === "data-steer")) return null
  return { kept: parts.slice(0, end), call }
}
