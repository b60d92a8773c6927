/** A call that failed runs once more, as if the person had just allowed it, and the answer goes on from there. */
import { isPageTool } from "@/lib/ai/tools"
import type { SessionUser } from "@/lib/auth/sessions"
import type { RetryRequest } from "@/lib/chat/requests"
import { hasFollowers } from "@/lib/db/messages"
import { settle } from "@/lib/generation/calls/settle"
import { checkRunning } from "@/lib/generation/checks"
import { hasBegun, ownAnswer } from "@/lib/generation/continue"
import { AppError } from "@/lib/http/errors"
import { type MessageParts, parseParts, toolNameIn } from "@/lib/messages/parts"
import { beforeRetry } from "@/lib/messages/retry"
import { takeRate } from "@/lib/quota/rates"

/**
 * Runs a failed call of the last answer again, and lets the model go on with what comes; what it wrote of the failure gives
 * way. The same request again changes nothing. Returns how many calls of the answer still wait for the person. Throws
 * `AppError`s: not found for what belongs to someone else, `tool:not_retryable`, and every limit of an answer.
 */
export async function retryCall(
  user: SessionUser,
  conversationId: string,
  request: RetryRequest,
): Promise<{ waiting: number }> {
  checkRunning()
  const row = await ownAnswer(user, conversationId, request.messageId)
  if (await hasBegun(request)) return { waiting: 0 }
  if (await hasFollowers(conversationId, row.id)) throw notRetryable()
  withRetry(parseParts(row.parts), request)
  await takeRate(user.id, "messages")
  return settle(user, row, request.generationId, { change: (parts) => withRetry(parts, request) })
}

const notRetryable = () => new AppError("tool:not_retryable")

/** The parts with the call as one that may run. Throws `tool:not_retryable`. */
function withRetry(parts: MessageParts, { toolCallId, generationId }: RetryRequest): MessageParts {
  const found = beforeRetry(parts, toolCallId)
  if (!found || isPageTool(toolNameIn(found.call))) throw notRetryable()
  const { kept, call } = found
  const { type, input, approval } = call
  const again = {
    ...{ type, toolCallId, input, state: "approval-responded" },
    ...(call.type === "dynamic-tool" && { toolName: call.toolName }),
    // An id of its own: what was said of the call before is over.
    approval: { ...approval, id: generationId, approved: true },
  }
  return parseParts(kept.map((part) => (part === call ? again : part)))
}
