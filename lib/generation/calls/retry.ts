/** Runs a failed call once more, as if the user had just approved it, and continues the answer from there. */
import { isPageTool } from "@/lib/ai/tools"
import type { SessionUser } from "@/lib/auth/sessions"
import type { RetryRequest } from "@/lib/chat/requests"
import { hasChildMessages } from "@/lib/db/messages"
import { settle } from "@/lib/generation/calls/settle"
import { checkRunning } from "@/lib/generation/checks"
import { findOwnAnswer, hasBegun } from "@/lib/generation/continue"
import { AppError } from "@/lib/http/errors"
import { type MessageParts, parseParts, toolNameIn } from "@/lib/messages/parts"
import { beforeRetry } from "@/lib/messages/retry"
import { consumeRateLimit } from "@/lib/quota/rates"

/**
 * Reruns a failed call of the last answer and lets the model continue with the result; what it wrote about the failure
 * is dropped. Repeating a request changes nothing. Returns how many calls of the answer still wait for the user. Throws
 * `AppError`s: not found for anything that belongs to another user, `tool:not_retryable`, and every limit of an answer.
 */
export async function retryCall(
  user: SessionUser,
  conversationId: string,
  request: RetryRequest,
): Promise<{ waiting: number }> {
  checkRunning()
  const row = await findOwnAnswer(user, conversationId, request.messageId)
  if (await hasBegun(request)) return { waiting: 0 }
  if (await hasChildMessages(conversationId, row.id)) throw notRetryable()
  withRetry(parseParts(row.parts), request)
  await consumeRateLimit(user.id, "messages")
  return settle(user, row, request.generationId, { change: (parts) => withRetry(parts, request) })
}

const notRetryable = () => new AppError("tool:not_retryable")

/** The parts with the call marked as runnable. Throws `tool:not_retryable`. */
function withRetry(parts: MessageParts, { toolCallId, generationId }: RetryRequest): MessageParts {
  const found = beforeRetry(parts, toolCallId)
  if (!found || isPageTool(toolNameIn(found.call))) throw notRetryable()
  const { kept, call } = found
  const { type, input, approval } = call
  const again = {
    ...{ type, toolCallId, input, state: "approval-responded" },
    ...(call.type === "dynamic-tool" && { toolName: call.toolName }),
    // A new ID, because the earlier approval no longer applies.
    approval: { ...approval, id: generationId, approved: true },
  }
  return parseParts(kept.map((part) => (part === call ? again : part)))
}
