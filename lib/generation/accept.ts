/** From a person's message to a running generation: checks, stores both messages, starts. */
import { v5 as uuidv5, v7 as uuidv7 } from "uuid"
import { resolveModel } from "@/lib/ai/catalogue"
import { createTools } from "@/lib/ai/tools"
import type { SessionUser } from "@/lib/auth/token"
import { conversationNotFound } from "@/lib/chat/conversations"
import { imageIdOf, toModelMessages } from "@/lib/chat/history"
import { toChatMessage } from "@/lib/chat/messages"
import { tell } from "@/lib/chat/news"
import { type MessageParts, parseParts } from "@/lib/chat/parts"
import { draftTitle, makeTitle } from "@/lib/chat/title"
import { pathTo } from "@/lib/chat/tree"
import type { ChatRequest, ModelInfo } from "@/lib/chat/types"
import { config } from "@/lib/config"
import { db } from "@/lib/db/client"
import {
  type ConversationRow,
  conversationExists,
  createConversation,
  findConversation,
  touchConversation,
} from "@/lib/db/conversations"
import { isUniqueViolation } from "@/lib/db/errors"
import { createGeneration, runningGeneration } from "@/lib/db/generations"
import { createAnswer, createUserMessage, messageById, messagesOf } from "@/lib/db/messages"
import { ensureUser } from "@/lib/db/users"
import { startGeneration } from "@/lib/generation/run"
import { runningOfUser, runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { imagesForModel, requireImages } from "@/lib/images/images"
import { checkSchema } from "@/lib/output/validate"

/** Names the first answer to a message, so that the same request sent twice makes one. */
const ANSWER_NAMESPACE = "7c8f4c0e-6d2b-5f0a-9a53-0f5f6f3c2b11"

const MAX_IMAGES_A_MESSAGE = 10

/** What the route answers with: the stream of this message, running or finished. */
export interface Accepted {
  conversationId: string
  answerId: string
}

/**
 * Stores the message and starts its answer. The same request again attaches to what is there. Throws
 * `AppError`s: not found for what belongs to someone else, and every limit.
 */
export async function acceptMessage(user: SessionUser, request: ChatRequest): Promise<Accepted> {
  checkRunning()
  const answerId = request.responseId ?? uuidv5(request.message.id, ANSWER_NAMESPACE)
  for (let attempt = 0; ; attempt++) {
    const accepted = { conversationId: request.id, answerId }
    if (await isStored(user, request, answerId)) return accepted
    try {
      await store(user, request, answerId)
      return accepted
    } catch (error) {
      // Somebody stored the same ids in between: look again, once.
      if (attempt > 0 || !isUniqueViolation(error)) throw error
    }
  }
}

/** Throws `server:stopping` once this process is asked to end. */
export function checkRunning(): void {
  if (runtime().stopping) throw new AppError("server:stopping", "The server is restarting. Try again in a moment.")
}

/** Is this very answer there already? Throws when an id belongs to someone or something else. */
async function isStored(user: SessionUser, { id, message }: ChatRequest, answerId: string): Promise<boolean> {
  const answer = await messageById(answerId)
  if (!answer) return false
  const mine = answer.conversation.userId === user.id && answer.conversationId === id && answer.parentId === message.id
  if (!mine) throw conversationNotFound()
  return true
}

async function store(user: SessionUser, request: ChatRequest, answerId: string): Promise<void> {
  const conversation = await ownConversation(user, request.id)
  const asked = await askedMessage(user, request)
  const parts = asked ? parseParts(asked.parts) : newParts(request)
  const parentId = asked ? asked.parentId : await parentOf(request, conversation)
  await checkIdle(user, request.id)
  const model = await modelFor(request, conversation, parts)
  checkOutput(request)
  if (!asked)
    await requireImages(
      user.id,
      parts.flatMap((part) => (part.type === "file" ? (imageIdOf(part.url) ?? []) : [])),
    )
  await ensureUser(user.id)

  const generationId = uuidv7()
  const answer = await db().$transaction(async (client) => {
    if (!conversation)
      await createConversation(client, { id: request.id, userId: user.id, title: draftTitle(parts), model: model.id })
    if (!asked) await createUserMessage(client, { id: request.message.id, conversationId: request.id, parentId, parts })
    const row = await createAnswer(client, {
      id: answerId,
      conversationId: request.id,
      parentId: request.message.id,
      model: model.id,
      settings: request.settings,
      output: request.output,
    })
    await createGeneration(client, {
      id: generationId,
      messageId: answerId,
      conversationId: request.id,
      userId: user.id,
      nodeId: runtime().nodeId,
    })
    await touchConversation(client, request.id, answerId, model.id)
    return row
  })

  void tell(user.id, request.id, { messageId: answerId, status: "streaming" })
  await startGeneration({
    generationId,
    messageId: answerId,
    parentId: request.message.id,
    conversationId: request.id,
    userId: user.id,
    createdAt: answer.createdAt,
    model,
    settings: request.settings,
    output: request.output,
    history: () => historyOf(user.id, request, model),
    title: conversation ? undefined : (signal) => makeTitle(request.id, parts, model, signal),
  })
}

async function ownConversation(user: SessionUser, id: string): Promise<ConversationRow | null> {
  const conversation = await findConversation(id, user.id)
  if (!conversation && (await conversationExists(id))) throw conversationNotFound()
  return conversation
}

/** The stored question when this is a regeneration. */
async function askedMessage(user: SessionUser, { id, message }: ChatRequest) {
  const row = await messageById(message.id)
  if (!row) return null
  const mine = row.conversation.userId === user.id && row.conversationId === id && row.role === "user"
  if (!mine) throw conversationNotFound()
  return row
}

function newParts({ message }: ChatRequest): MessageParts {
  const { messageChars } = config().limits
  const length = message.parts.reduce((sum, part) => sum + (part.type === "text" ? part.text.length : 0), 0)
  if (length > messageChars)
    throw new AppError(
      "message:too_long",
      `This message has ${length.toLocaleString("en")} characters; the limit is ${messageChars.toLocaleString("en")}. Shorten it and send again.`,
    )
  const parts = message.parts.filter((part) => part.type === "file" || part.text.trim() !== "")
  if (parts.length === 0) throw new AppError("message:empty", "Write a message or add an image first.")
  const images = parts.filter((part) => part.type === "file")
  if (images.some(({ url }) => imageIdOf(url) === null))
    throw new AppError("image:not_found", "An image of this message was not uploaded here. Add it again.")
  if (images.length > MAX_IMAGES_A_MESSAGE)
    throw new AppError("image:too_many", `A message holds at most ${MAX_IMAGES_A_MESSAGE} images.`)
  return parts
}

/** The message that is answered to; it must be in this conversation. */
async function parentOf({ id, parentId }: ChatRequest, conversation: ConversationRow | null): Promise<string | null> {
  if (parentId === undefined) return conversation?.activeLeafId ?? null
  if (parentId === null) return null
  const parent = await messageById(parentId)
  if (!conversation || parent?.conversationId !== id)
    throw new AppError("message:not_found", "The message that this one follows does not exist.")
  return parentId
}

export const busy = () =>
  new AppError("conversation:busy", "An answer is being written in this conversation. Stop it or wait for its end.")

/** Throws when this conversation, or too many of this user's, are being answered. */
export async function checkIdle(user: SessionUser, conversationId: string): Promise<void> {
  if (await runningGeneration(conversationId, user.id)) throw busy()
  if (runningOfUser(user.id) >= config().limits.runningPerUser)
    throw new AppError(
      "limit:reached",
      "Too many of your conversations are being answered at once. Wait for one to end.",
    )
}

/** The model that was asked for, or the one that sees when there are pictures and `VISION_MODEL` is set. */
async function modelFor(
  request: ChatRequest,
  conversation: ConversationRow | null,
  parts: MessageParts,
): Promise<ModelInfo> {
  const model = await resolveModel(request.model ?? conversation?.model ?? undefined)
  if (model.images || !parts.some((part) => part.type === "file")) return model
  const { visionModel } = config()
  if (visionModel) return resolveModel(visionModel)
  throw new AppError("model:no_images", `${model.name} can't look at images. Choose a model that can.`, {
    details: { model: model.id },
  })
}

function checkOutput({ output }: ChatRequest): void {
  if (output?.type !== "json_schema") return
  const [problem] = checkSchema(output.schema)
  if (problem)
    throw new AppError(
      "output:schema_invalid",
      `The schema can't be used${problem.path ? ` (at ${problem.path})` : ""}: ${problem.message}`,
      { details: { path: problem.path } },
    )
}

async function historyOf(userId: string, request: ChatRequest, model: ModelInfo) {
  const path = pathTo(await messagesOf(request.id), request.message.id)
  return toModelMessages(path.map(toChatMessage), {
    images: model.images,
    tools: model.tools ? createTools() : undefined,
    loadImages: (ids) => imagesForModel(userId, ids),
  })
}
