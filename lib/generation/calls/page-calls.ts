/** Calls that wait for one of the user's pages: one page runs each of them, and its result goes to the model. */
import { pageTool } from "@/lib/ai/tools"
import { parseToolOutput } from "@/lib/ai/tools/bounded"
import { ToolError } from "@/lib/ai/tools/define"
import type { SessionUser } from "@/lib/auth/sessions"
import { toChatMessage } from "@/lib/chat/messages"
import type { ClaimRequest, ResultRequest } from "@/lib/chat/requests"
import { hasChildMessages, type MessageRow } from "@/lib/db/messages"
import { acquireLease, isLeaseHeldElsewhere } from "@/lib/db/tools/leases"
import { filesFor } from "@/lib/generation/calls/files"
import { settle } from "@/lib/generation/calls/settle"
import { checkRunning } from "@/lib/generation/checks"
import { findOwnAnswer, hasBegun } from "@/lib/generation/continue"
import { AppError } from "@/lib/http/errors"
import { sentence, told } from "@/lib/i18n/sentences"
import { waitingCalls } from "@/lib/messages/asked-for"
import { CALL_LEASE_MS, type CallFile } from "@/lib/messages/page-calls"
import { type CallPart, type MessageParts, parseParts, toolNameIn } from "@/lib/messages/parts"
import { sentenceMetadata, type ToolFault } from "@/lib/messages/tool-fault"
import { operatorSettings } from "@/lib/operator/settings"

/**
 * Leases a call to this page for `CALL_LEASE_MS`, unless renewed; on request, returns the files that the code may read.
 * Throws `AppError`s: not found for anything that belongs to another user, `message:not_asking` for a call that no
 * longer waits, `tool:off`, `tool:taken` while another page runs it.
 */
export async function claimCall(
  user: SessionUser,
  conversationId: string,
  request: ClaimRequest,
): Promise<{ files: CallFile[] }> {
  const row = await waitingAnswer(user, conversationId, request)
  if (await isBlocked(waitingCall(toChatMessage(row).parts, request))) throw new AppError("tool:off")
  if (!(await acquireLease(request, request.holder, CALL_LEASE_MS))) throw new AppError("tool:taken")
  return { files: request.files ? await filesFor(conversationId, row.id) : [] }
}

/**
 * Stores the result of a call; when no other call of the answer waits, the model continues with it. Repeating a request
 * changes nothing. Throws like `claimCall`, and every limit of an answer.
 */
export async function takeResult(
  user: SessionUser,
  conversationId: string,
  request: ResultRequest,
): Promise<{ waiting: number }> {
  checkRunning()
  if (await hasBegun(request)) {
    await findOwnAnswer(user, conversationId, request.messageId)
    return { waiting: 0 }
  }
  const row = await waitingAnswer(user, conversationId, request)
  const { parts } = toChatMessage(row)
  if (await isLeaseHeldElsewhere(request, request.holder ?? "")) throw new AppError("tool:taken")
  const call = waitingCall(parts, request)
  // It may have run before the operator turned the tool off, or in spite of that.
  const came = (await isBlocked(call)) ? failed(call, told(sentence("tool:off"))) : partWithResult(call, request)
  if (waitingCalls(parts) === 0) throw new AppError("message:not_asking")
  return settle(user, row, request.generationId, {
    change: (now) => {
      const call = waitingCall(now, request)
      return parseParts(now.map((part) => (part === call ? came : part)))
    },
  })
}

/** The operator has turned the tool off since it was called. */
async function isBlocked(call: CallPart): Promise<boolean> {
  const { tools, blockedTools } = await operatorSettings()
  return !tools || blockedTools.includes(toolNameIn(call))
}

async function waitingAnswer(
  user: SessionUser,
  conversationId: string,
  { messageId }: { messageId: string },
): Promise<MessageRow> {
  const row = await findOwnAnswer(user, conversationId, messageId)
  if (row.status !== "complete" || (await hasChildMessages(conversationId, row.id)))
    throw new AppError("message:not_asking")
  return row
}

/** The last call with this ID that waits for a page. Throws `message:not_asking`. */
function waitingCall(parts: MessageParts, { toolCallId }: { toolCallId: string }): CallPart {
  const call = parts.findLast(
    (part) => "toolCallId" in part && part.toolCallId === toolCallId && part.state === "input-available",
  )
  if (!call || !("toolCallId" in call)) throw new AppError("message:not_asking")
  return call
}

/** The call with its result, which is checked against the tool's schema and size like any other. */
function partWithResult(call: CallPart, { result }: ResultRequest): unknown {
  if (result.kind === "failed") return failed(call, { text: result.text })
  if (result.kind === "fault") return failed(call, told(sentence(FAULTS[result.fault])))
  const definition = pageTool(toolNameIn(call))
  if (!definition) throw new AppError("message:not_asking")
  try {
    return { ...call, state: "output-available", output: parseToolOutput(definition, result.output) }
  } catch (error) {
    if (error instanceof ToolError) return failed(call, told(error.sentence))
    throw error
  }
}

const FAULTS = {
  unreachable: "tool:unreachable",
  failed: "tool:failed",
  crashed: "tool:crashed",
  late: "tool:late",
  stopped: "tool:stopped",
  declined: "tool:declined",
} as const

function failed(call: CallPart, { text, sentence: said }: ToolFault): unknown {
  const resultProviderMetadata = sentenceMetadata(said)
  return { ...call, state: "output-error", errorText: text, ...(resultProviderMetadata && { resultProviderMetadata }) }
}
