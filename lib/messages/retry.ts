/** Calls that failed and can be run once more. Pure, and without a schema library: the page asks the same. */
import { isRecord } from "@/lib/is-record"
import type { ChatMessage } from "@/lib/messages/types"

type Parts = ChatMessage["parts"]
type CallPart = Extract<Parts[number], { toolCallId: string }>

/** A call that was none: the same arguments would fail again. */
const HOPELESS: ReadonlySet<unknown> = new Set(["tool:wrong_input", "tool:unknown", "tool:off"])

const sentenceKeyOf = (metadata: unknown): unknown =>
  isRecord(metadata) && isRecord(metadata.sparkler) && isRecord(metadata.sparkler.sentence)
    ? metadata.sparkler.sentence.key
    : undefined

/**
 * What stays of an answer when a failed call of its last step with calls is run again: all up to the end of that step. What
 * the model wrote of the failure gives way to what it says of the result. Null where it can't be: the model has called other
 * tools since, or was told something.
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
