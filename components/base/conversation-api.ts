/** API for a single conversation. All functions throw `ApiError` with a message for the user. */

import { api, readError, unexpected, unreachable } from "@/components/base/api"
import type {
  ConversationContext,
  ConversationSummary,
  ConversationTotals,
  ConversationView,
} from "@/lib/chat/conversation.types"
import type { ApprovalRequest, RetryRequest, SteerRequest, UnsteerRequest, VerdictRequest } from "@/lib/chat/requests"
import type { ImageInfo } from "@/lib/images/types"
import { isRecord } from "@/lib/is-record"
import type { ValueEdit } from "@/lib/messages/edits.types"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"

/** Fetches a range of the shown branch. */
export const fetchConversation = async (id: string, piece: Piece): Promise<ConversationView> =>
  viewOf(await api(`/api/conversations/${id}/messages?${new URLSearchParams(piece)}`))

/** Switches to the branch of a message, down to its newest leaf. */
export const selectBranch = async (id: string, messageId: string, piece: Piece): Promise<ConversationView> =>
  viewOf(
    await api(`/api/conversations/${id}?${new URLSearchParams(piece)}`, {
      method: "PATCH",
      body: { activeLeafId: messageId },
    }),
  )

/** Browsers allow at most 64 kB for requests that outlive their page; a character takes at most 3 bytes. */
const MAX_KEPT_ALIVE = 20_000

/** Saves the settings for the next question, even while the page is being left. */
export async function keepSettings(conversationId: string, settings: ChatSettings): Promise<void> {
  const keepalive = JSON.stringify(settings).length < MAX_KEPT_ALIVE
  await api(`/api/conversations/${conversationId}`, { method: "PATCH", body: { settings }, keepalive })
}

/** Makes a temporary conversation permanent. */
export async function keepTemporary(id: string): Promise<void> {
  await api(`/api/conversations/${id}`, { method: "PATCH", body: { temporary: false } })
}

/** Continues from one of the compared answers. */
export const keepAnswer = async (id: string, messageId: string, piece: Piece): Promise<ConversationView> =>
  viewOf(
    await api(`/api/conversations/${id}?${new URLSearchParams(piece)}`, { method: "PATCH", body: { kept: messageId } }),
  )

/** Accepts or rejects a change of an answer. */
export const decideChange = async (
  id: string,
  { messageId, taken }: { messageId: string; taken: boolean },
  piece: Piece,
): Promise<ConversationView> =>
  viewOf(
    await api(`/api/conversations/${id}?${new URLSearchParams(piece)}`, {
      method: "PATCH",
      body: { changed: messageId, taken },
    }),
  )

/** Overwrites values in a JSON answer. */
export const editValues = async (
  id: string,
  { messageId, values }: { messageId: string; values: ValueEdit[] },
  piece: Piece,
): Promise<ConversationView> =>
  viewOf(
    await api(`/api/conversations/${id}?${new URLSearchParams(piece)}`, {
      method: "PATCH",
      body: { edited: messageId, values },
    }),
  )

/** Submits a verdict on compared answers. */
export const judgeAnswers = async (id: string, verdict: VerdictRequest, piece: Piece): Promise<ConversationView> =>
  viewOf(await api(`/api/conversations/${id}?${new URLSearchParams(piece)}`, { method: "PATCH", body: { verdict } }))

/** Reopens a comparison after an answer was kept. */
export const reopenAnswers = async (id: string, messageId: string, piece: Piece): Promise<ConversationView> =>
  viewOf(
    await api(`/api/conversations/${id}?${new URLSearchParams(piece)}`, {
      method: "PATCH",
      body: { reopened: messageId },
    }),
  )

/** Deletes or restores a message. */
export const setMessageDeleted = async (
  id: string,
  change: { message: string; deleted: boolean },
  piece: Piece,
): Promise<ConversationView> =>
  viewOf(await api(`/api/conversations/${id}?${new URLSearchParams(piece)}`, { method: "PATCH", body: change }))

/** Creates a conversation from the branch up to a message. Repeating the same `id` creates no second one. */
export async function forkConversation(branch: {
  id: string
  from: string
  message: string
}): Promise<ConversationSummary> {
  const answer = await api("/api/conversations", { method: "POST", body: branch })
  if (!isRecord(answer) || !isSummary(answer.conversation)) throw unexpected()
  return answer.conversation
}

/** Stops all answers being written, or one of them, keeping what they have so far. */
export async function stopAnswer(conversationId: string, messageId?: string): Promise<void> {
  const query = messageId ? `?${new URLSearchParams({ message: messageId })}` : ""
  await api(`/api/chat/${conversationId}/stop${query}`, { method: "POST" })
}

/** Continues an answer that broke off. Repeating the same `generationId` starts nothing. */
export async function continueAnswer(conversationId: string, messageId: string, generationId: string): Promise<void> {
  await api(`/api/chat/${conversationId}/continue`, { method: "POST", body: { messageId, generationId } })
}

/** Approves or denies a pending call. Idempotent. */
export async function answerApproval(conversationId: string, said: ApprovalRequest): Promise<void> {
  await api(`/api/chat/${conversationId}/approvals`, { method: "POST", body: said })
}

/** Retries a failed call. Repeating the same `generationId` starts nothing. */
export async function retryCall(conversationId: string, asked: RetryRequest): Promise<void> {
  await api(`/api/chat/${conversationId}/retry`, { method: "POST", body: asked })
}

/** Whether a message waits for the next step of an answer, was already given to the model, or can no longer be. */
export type SteerState = "waiting" | "given" | "over"

/** Gives the model a message before the next step of its answer. Idempotent by `id`. */
export const steerAnswer = async (conversationId: string, said: SteerRequest): Promise<SteerState> =>
  steerStateOf(await api(`/api/chat/${conversationId}/steer`, { method: "POST", body: said }))

/** Takes the message back; `given`: too late. */
export const unsteerAnswer = async (conversationId: string, said: UnsteerRequest): Promise<SteerState> =>
  steerStateOf(await api(`/api/chat/${conversationId}/steer`, { method: "DELETE", body: said }))

function steerStateOf(answer: unknown): SteerState {
  const state = isRecord(answer) ? answer.state : null
  if (state !== "waiting" && state !== "given" && state !== "over") throw unexpected()
  return state
}

/** Token and cost totals over all answers of a conversation. */
export async function fetchTotals(conversationId: string): Promise<ConversationTotals> {
  const totals = await api(`/api/conversations/${conversationId}/totals`)
  if (!isTotals(totals)) throw unexpected()
  return totals
}

/** All available models and the answering service; those in `shown` are included even if no longer available. */
export async function fetchModels(shown: string[] = []): Promise<ModelsResponse> {
  const query = new URLSearchParams(shown.map((id) => ["with", id]))
  const models = await api(shown.length > 0 ? `/api/models?${query}` : "/api/models")
  if (!isModels(models)) throw unexpected()
  return models
}

/** How full the model's context window is with this conversation. */
export async function fetchContext(conversationId: string, model: string): Promise<ConversationContext> {
  const context = await api(`/api/conversations/${conversationId}/context?${new URLSearchParams({ model })}`)
  if (!isContext(context)) throw unexpected()
  return context
}

/** Stores one image; error messages refer to this file. Rejects when `signal` aborts. */
export async function uploadImage(file: File, signal: AbortSignal): Promise<ImageInfo> {
  const body = new FormData()
  body.append("file", file)
  const response = await fetch("/api/images", { method: "POST", body, signal }).catch((cause: unknown) => {
    throw signal.aborted ? cause : unreachable(cause)
  })
  if (!response.ok) throw await readError(response)
  const answer: unknown = await response.json()
  if (hasImages(answer) && answer.images[0]) return answer.images[0]
  throw unexpected()
}

/** Query parameters of a `ViewPiece`. */
type Piece = Record<string, string>

// Responses come from our own server and have the types in lib/…/*.types.ts, so a shallow check is enough.
const isView = (value: unknown): value is ConversationView =>
  isRecord(value) && isRecord(value.conversation) && Array.isArray(value.messages) && isRecord(value.siblings)
const isSummary = (value: unknown): value is ConversationSummary =>
  isRecord(value) && typeof value.id === "string" && typeof value.title === "string"
const isTotals = (value: unknown): value is ConversationTotals =>
  isRecord(value) && typeof value.answers === "number" && isRecord(value.usage)
const isContext = (value: unknown): value is ConversationContext =>
  isRecord(value) && typeof value.tokens === "number" && typeof value.leftOut === "number"
const isModels = (value: unknown): value is ModelsResponse =>
  isRecord(value) && Array.isArray(value.models) && typeof value.default === "string" && isRecord(value.notice)
const hasImages = (value: unknown): value is { images: ImageInfo[] } => isRecord(value) && Array.isArray(value.images)

function viewOf(value: unknown): ConversationView {
  if (!isView(value)) throw unexpected()
  return value
}
