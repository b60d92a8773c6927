/** From a person's message to a running generation: checks, stores both messages, starts. */
import { v5 as uuidv5, v7 as uuidv7 } from "uuid"
import { resolveModel } from "@/lib/ai/catalogue"
import type { SessionUser } from "@/lib/auth/token"
import { conversationNotFound } from "@/lib/chat/conversations"
import { imageIdOf } from "@/lib/chat/history"
import { tell } from "@/lib/chat/news"
import { type MessageParts, parseParts } from "@/lib/chat/parts"
import { readSettings } from "@/lib/chat/settings"
import { draftTitle, makeTitle } from "@/lib/chat/title"
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
import { folderExists } from "@/lib/db/folders"
import { createGeneration, runningGeneration } from "@/lib/db/generations"
import { createTurn, type MessageRow, messageById } from "@/lib/db/messages"
import { ensureUser } from "@/lib/db/users"
import { branchOf, historyFor } from "@/lib/generation/history"
import { startGeneration } from "@/lib/generation/run"
import { runningOfUser, runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { requireImages } from "@/lib/images/images"
import { checkSchema } from "@/lib/output/validate"

/** Names the first answer to a message, so that the same request sent twice makes one. */
const ANSWER_NAMESPACE = "7c8f4c0e-6d2b-5f0a-9a53-0f5f6f3c2b11"

const MAX_IMAGES_A_MESSAGE = 10
const MAX_FILES_A_MESSAGE = 10

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
  const answerId = request.responseId ?? uuidv5(request.message.id, ANSWER_NAMESPACE)
  for (let attempt = 0; ; attempt++) {
    const accepted = { conversationId: request.id, answerId }
    const known = await lookUp(user, request, answerId, attempt > 0)
    if (known.answered) return accepted
    try {
      await store(user, request, answerId, known)
      return accepted
    } catch (error) {
      // Ids are taken, or somebody stored the same ones in between: look again, closely, once.
      if (attempt > 0 || !isUniqueViolation(error)) throw error
    }
  }
}

/** Throws `server:stopping` once this process is asked to end. */
export function checkRunning(): void {
  if (runtime().stopping) throw new AppError("server:stopping", "The server is restarting. Try again in a moment.")
}

/** What is there already of a request. */
interface Known {
  conversation: ConversationRow | null
  /** The stored question, when this is a regeneration. */
  asked: MessageRow | null
  /** This very answer is there. */
  answered: boolean
  running: boolean
}

/**
 * Looks for what a request names. Where there is no conversation there can be nothing else of this user's, so a first
 * message costs one question; `closely` looks at every id, also at other people's. Throws for what is not this user's.
 */
async function lookUp(
  user: SessionUser,
  { id, message }: ChatRequest,
  answerId: string,
  closely: boolean,
): Promise<Known> {
  const conversation = await findConversation(id, user.id)
  if (!conversation && !closely) return { conversation, asked: null, answered: false, running: false }
  if (!conversation && (await conversationExists(id))) throw conversationNotFound()
  const [answer, asked, running] = await Promise.all([
    messageById(answerId),
    messageById(message.id),
    runningGeneration(id, user.id),
  ])
  const isMine = (row: { conversationId: string; conversation: { userId: string } }) =>
    row.conversationId === id && row.conversation.userId === user.id
  if (answer && !(isMine(answer) && answer.parentId === message.id)) throw conversationNotFound()
  if (asked && !(isMine(asked) && asked.role === "user")) throw conversationNotFound()
  return { conversation, asked, answered: answer !== null, running: running !== null }
}

async function store(user: SessionUser, request: ChatRequest, answerId: string, known: Known): Promise<void> {
  // Who asks for an answer that is there may still follow it.
  checkRunning()
  const { conversation, asked } = known
  const parts = asked ? parseParts(asked.parts) : newParts(request)
  const parentId = asked ? asked.parentId : await parentOf(request, conversation)
  if (known.running) throw busy()
  checkLimit(user)
  const model = await modelFor(request, conversation, parts)
  checkOutput(request)
  if (!asked)
    await requireImages(
      user.id,
      parts.flatMap((part) => (part.type === "file" ? (imageIdOf(part.url) ?? []) : [])),
    )
  await ensureUser(user.id)

  const { id, message, output } = request
  // A program that says nothing of them means those of the conversation.
  const settings = request.settings ?? (conversation ? readSettings(conversation.settings) : undefined)
  const wanted = conversation || request.temporary ? undefined : request.folderId
  const folderId = wanted && (await folderExists(db(), wanted, user.id)) ? wanted : undefined
  const generationId = uuidv7()
  const createdAt = new Date()
  const question = { id: message.id, conversationId: id, parentId, parts, createdAt }
  const answer = {
    id: answerId,
    conversationId: id,
    parentId: message.id,
    model: model.id,
    settings,
    output,
    createdAt,
  }
  const client = db()
  // As one list, not step by step: half the time, and it is what every answer waits for.
  await client.$transaction([
    conversation
      ? touchConversation(client, id, answerId, { model: model.id, settings: request.settings })
      : createConversation(client, {
          id,
          userId: user.id,
          title: draftTitle(parts),
          model: model.id,
          activeLeafId: answerId,
          settings,
          temporary: request.temporary,
          folderId,
        }),
    createTurn(client, asked ? null : question, answer),
    createGeneration(client, {
      id: generationId,
      messageId: answerId,
      conversationId: id,
      userId: user.id,
      nodeId: runtime().nodeId,
    }),
  ])
  void tell(user.id, id, { messageId: answerId, status: "streaming" }, request.settings)
  const asks = { id: message.id, role: "user", parts } as const
  await startGeneration({
    generationId,
    messageId: answerId,
    parentId: message.id,
    conversationId: id,
    userId: user.id,
    createdAt,
    model,
    settings,
    output,
    history: async () => historyFor(user.id, conversation ? await branchOf(id, message.id) : [asks], model, settings),
    // One that is in no list needs no name.
    title: conversation || request.temporary ? undefined : (signal) => makeTitle(id, parts, model, signal),
  })
}

function newParts({ message }: ChatRequest): MessageParts {
  const { messageChars } = config().limits
  const files = message.parts.filter((part) => part.type === "data-text-file")
  const length = message.parts.reduce((sum, part) => sum + charactersOf(part), 0)
  if (length > messageChars)
    throw new AppError(
      "message:too_long",
      `This message${files.length > 0 ? " with its files" : ""} has ${length.toLocaleString("en")} characters; the limit is ${messageChars.toLocaleString("en")}. Shorten it and send again.`,
    )
  const parts = message.parts.filter((part) => part.type !== "text" || part.text.trim() !== "")
  if (parts.length === 0) throw new AppError("message:empty", "Write a message or add a file first.")
  const images = parts.filter((part) => part.type === "file")
  if (images.some(({ url }) => imageIdOf(url) === null))
    throw new AppError("image:not_found", "An image of this message was not uploaded here. Add it again.")
  if (images.length > MAX_IMAGES_A_MESSAGE)
    throw new AppError("image:too_many", `A message holds at most ${MAX_IMAGES_A_MESSAGE} images.`)
  if (files.length > MAX_FILES_A_MESSAGE)
    throw new AppError("file:too_many", `A message holds at most ${MAX_FILES_A_MESSAGE} text files.`)
  return parts
}

function charactersOf(part: ChatRequest["message"]["parts"][number]): number {
  if (part.type === "text") return part.text.length
  return part.type === "data-text-file" ? part.data.text.length : 0
}

/** The message that is answered to; it must be in this conversation. */
async function parentOf({ id, parentId }: ChatRequest, conversation: ConversationRow | null): Promise<string | null> {
  const leaf = conversation?.activeLeafId ?? null
  if (parentId === undefined || parentId === leaf) return leaf
  if (parentId === null) return null
  const parent = await messageById(parentId)
  if (!conversation || parent?.conversationId !== id)
    throw new AppError("message:not_found", "The message that this one follows does not exist.")
  return parentId
}

export const busy = () =>
  new AppError("conversation:busy", "An answer is being written in this conversation. Stop it or wait for its end.")

/** Throws when too many of this user's conversations are being answered. */
export function checkLimit(user: SessionUser): void {
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
