/** The user's decision on a call that awaits approval: it runs or it doesn't, and the answer continues. */
import { isPageTool } from "@/lib/ai/tools"
import type { SessionUser } from "@/lib/auth/sessions"
import { toChatMessage } from "@/lib/chat/messages"
import type { ApprovalRequest } from "@/lib/chat/requests"
import type { Transaction } from "@/lib/db/client"
import { hasChildMessages, type MessageRow } from "@/lib/db/messages"
import { permit } from "@/lib/db/tools/permissions"
import { settle } from "@/lib/generation/calls/settle"
import { checkRunning } from "@/lib/generation/checks"
import { findOwnAnswer, hasBegun } from "@/lib/generation/continue"
import { AppError } from "@/lib/http/errors"
import { waitingCalls } from "@/lib/messages/asked-for"
import { parseApprovalReason } from "@/lib/messages/asked-leave"
import { type CallPart, type MessageParts, parseParts, toolNameIn } from "@/lib/messages/parts"

/**
 * Stores the user's decision on one call, and on the other calls of its tool if the decision is permanent. When no
 * other call of the answer waits, a second generation runs what was allowed and continues. Repeating a request changes
 * nothing. Returns how many calls still wait. Throws `AppError`s: not found for anything that belongs to another user,
 * `message:not_asking`, and every limit of an answer.
 */
export async function answerApproval(
  user: SessionUser,
  conversationId: string,
  request: ApprovalRequest,
): Promise<{ waiting: number }> {
  checkRunning()
  const row = await findOwnAnswer(user, conversationId, request.messageId)
  if (await hasBegun(request)) return { waiting: 0 }
  const message = toChatMessage(row)
  if (await hasChildMessages(conversationId, row.id)) throw new AppError("message:not_asking")
  if (withAnswer(message.parts, request) === null) return { waiting: waitingCalls(message.parts) }
  return settle(user, row, request.generationId, {
    change: (parts) => withAnswer(parts, request),
    also: permitAlways(user, row, request),
  })
}

/** Only a tool that asked can be allowed permanently. */
function permitAlways(user: SessionUser, row: MessageRow, request: ApprovalRequest) {
  const { always, approvalId } = request
  if (!always) return undefined
  const asked = findAsked(parseParts(row.parts), approvalId)
  const tool = toolNameIn(asked)
  const { conversationId } = row
  // As shown to the user when asked: the server may describe the tool differently by now.
  const fingerprint = parseApprovalReason(asked.approval?.requestReason)?.fingerprint
  const permitted = { userId: user.id, tool, conversationId: always === "here" ? conversationId : null, fingerprint }
  return (client: Transaction) => permit(client, permitted)
}

function findAsked(parts: MessageParts, approvalId: string): CallPart {
  const asking = parts.find((part) => "toolCallId" in part && part.approval?.id === approvalId)
  if (!asking || !("toolCallId" in asking)) throw new AppError("message:not_asking")
  return asking
}

/**
 * The parts with the decision; null when it is already stored. Throws when nothing is asked, or the stored decision
 * differs.
 */
function withAnswer(
  parts: MessageParts,
  { approvalId, approved, always, reason }: Pick<ApprovalRequest, "approvalId" | "approved" | "always" | "reason">,
): MessageParts | null {
  const asking = findAsked(parts, approvalId)
  if (asking.state !== "approval-requested") {
    if (asking.approval?.approved === approved) return null
    throw new AppError("message:not_asking")
  }
  const name = toolNameIn(asking)
  const isMeant = (part: MessageParts[number]): part is CallPart =>
    part === asking ||
    (always !== undefined && "toolCallId" in part && part.state === "approval-requested" && toolNameIn(part) === name)
  // A call that a page runs now waits for a page.
  const state = approved && isPageTool(name) ? "input-available" : "approval-responded"
  return parseParts(
    parts.map((part) =>
      isMeant(part) ? { ...part, state, approval: { ...part.approval, approved, ...(reason && { reason }) } } : part,
    ),
  )
}
