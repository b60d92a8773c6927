/** From a person's message to a running generation: checks, stores both messages, starts. */
import { v5 as uuidv5, v7 as uuidv7 } from "uuid"
import { may } from "@/lib/auth/rights"
import type { SessionUser } from "@/lib/auth/sessions"
import { conversationNotFound } from "@/lib/chat/conversations"
import { imageIdsOf } from "@/lib/chat/history"
import { tell } from "@/lib/chat/news/news"
import type { ChatRequest } from "@/lib/chat/requests"
import { readSettings } from "@/lib/chat/settings"
import { draftTitle, makeTitle } from "@/lib/chat/title"
import { db } from "@/lib/db/client"
import { conversationExists, type NewConversation } from "@/lib/db/conversations"
import { isMissingRow, isMissingTarget, isUniqueViolation } from "@/lib/db/errors"
import { folderExists } from "@/lib/db/folders"
import { type KnownMessage, knownMessages, type NewTurn, type Standing, standingOf, storeTurn } from "@/lib/db/turns"
import { answerToChange, changing } from "@/lib/generation/change"
import { busy, checkLimit, checkRunning, modelFor, newParts } from "@/lib/generation/checks"
import { isNotCompared, storeReplacement } from "@/lib/generation/compare"
import { takeGuestAnswers } from "@/lib/generation/guest-budget"
import { branchOf, historyFor } from "@/lib/generation/history"
import type { GenerationJob } from "@/lib/generation/job"
import { parentOf, placeOf } from "@/lib/generation/place"
import { startGeneration } from "@/lib/generation/run"
import { runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { imageGone, requireImages } from "@/lib/images/images"
import { type MessageParts, parseParts } from "@/lib/messages/parts"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { checkOutput } from "@/lib/output/check"

/** Names the first answer to a message, so that the same request sent twice makes one. */
const ANSWER_NAMESPACE = "7c8f4c0e-6d2b-5f0a-9a53-0f5f6f3c2b11"

/** What the route answers with: the streams of these messages, running or finished. */
export interface Accepted {
  /** The answer, or those that are compared. */
  answerIds: string[]
  /** The message that the question was put behind. */
  parentId: string | null
}

/** An answer that is asked for. */
interface Asked {
  id: string
  model: string | undefined
}

const answersOf = ({ message, compare, responseId, model }: ChatRequest): [Asked, ...Asked[]] => {
  const [first, ...others] = (compare ?? []).map((one): Asked => ({ id: one.responseId, model: one.model }))
  return first ? [first, ...others] : [{ id: responseId ?? uuidv5(message.id, ANSWER_NAMESPACE), model }]
}

/**
 * Stores the message and starts its answer, or one of each model that is compared. The same request again attaches to
 * what is there. Throws `AppError`s: not found for what belongs to someone else, and every limit.
 */
export async function acceptMessage(user: SessionUser, request: ChatRequest): Promise<Accepted> {
  const answers = answersOf(request)
  const answerIds = answers.map(({ id }) => id)
  for (let attempt = 0; ; attempt++) {
    const known = await lookUp(user, request, answerIds, attempt > 0)
    if (known.answered) return { answerIds, parentId: known.asked?.parentId ?? null }
    const giveBack = await takeGuestAnswers(user, answers.length)
    try {
      return { answerIds, parentId: await store(user, request, answers, known) }
    } catch (error) {
      giveBack()
      // Ids are taken, somebody stored the same ones in between, or another turn has begun: look again, closely, once.
      const taken = isUniqueViolation(error) || isMissingRow(error)
      if (attempt > 0 && taken) throw busy()
      if (attempt > 0 || !(taken || isNotCompared(error))) throw error
    }
  }
}

/** What is there already of a request. */
interface Known {
  conversation: Standing | null
  /** Answers that are being written for this user. */
  running: number
  /** The stored question, when this is a regeneration. */
  asked: KnownMessage | null
  /** These very answers are there. */
  answered: boolean
}

/**
 * Looks for what a request names. Where there is no conversation there can be nothing else of this user's, so a first
 * message costs one question; `closely` looks at every id, also at other people's. Throws for what is not this user's.
 */
async function lookUp(
  user: SessionUser,
  { id, message }: ChatRequest,
  answerIds: string[],
  closely: boolean,
): Promise<Known> {
  const standing = await standingOf(id, user.id)
  const { conversation } = standing
  if (!conversation && !closely) return { ...standing, asked: null, answered: false }
  if (!conversation && (await conversationExists(id))) throw conversationNotFound()
  const there = await knownMessages([message.id, ...answerIds])
  if (there.some(({ deleted }) => deleted)) throw new AppError("message:not_found")
  const asked = there.find((row) => row.id === message.id) ?? null
  const answers = there.filter((row) => row !== asked)
  const isMine = (row: KnownMessage) => row.conversationId === id && may({ user }, "conversation:ask", row)
  if (!answers.every((answer) => isMine(answer) && answer.parentId === message.id)) throw conversationNotFound()
  if (asked && !(isMine(asked) && asked.role === "user")) throw conversationNotFound()
  if (answers.length > 0 && answers.length < answerIds.length) throw conversationNotFound()
  return { ...standing, asked, answered: answers.length > 0 }
}

/** Returns the message that the question stands behind. */
async function store(
  user: SessionUser,
  request: ChatRequest,
  answers: [Asked, ...Asked[]],
  known: Known,
): Promise<string | null> {
  // Who asks for an answer that is there may still follow it.
  checkRunning()
  const { conversation, running, asked } = known
  const parts = asked ? parseParts(asked.parts) : newParts(request)
  const parentId = asked ? asked.parentId : await parentOf(request, conversation)
  if (conversation && conversation.running > 0 && !request.replaces) throw busy()
  checkLimit(running, answers.length)
  const changed = await answerToChange(request)
  const [first, ...others] = answers
  const models: [ModelInfo, ...ModelInfo[]] = [
    await modelFor(user.id, first, request, conversation, parts),
    ...(await Promise.all(others.map((answer) => modelFor(user.id, answer, request, conversation, parts)))),
  ]
  await checkOutput(user.id, request.output)
  const files = asked ? [] : imageIdsOf([{ parts }])
  await requireImages(user.id, files)

  const { id, message } = request
  // A program that says nothing of them means those of the conversation.
  const settings = request.settings ?? (conversation ? readSettings(conversation.settings) : undefined)
  const jobs = jobsOf(user, { ...request, settings }, answers, models)
  const model = (request.once && conversation?.model) || models[0].id
  const touch = { activeLeafId: first.id, model, settings: request.settings, begin: answers.length }
  const question = asked ? null : { id: message.id, conversationId: id, parentId, parts, createdAt: jobs[0].createdAt }
  const place = await placeOf(request, known, parentId)
  const turn: NewTurn = { conversationId: id, question, files, ...rowsOf(request, jobs), touch, ...place }
  const begun = conversation ? null : await beginning(user.id, request, turn, { parts, settings })
  await (request.replaces ? storeReplacement(turn, request.replaces) : storeTurn(turn, begun)).catch(
    (error: unknown) => {
      // It was swept away since it was looked for.
      throw files.length > 0 && isMissingTarget(error) ? imageGone() : error
    },
  )
  for (const { messageId } of jobs)
    void tell(user.id, id, { messageId, status: "streaming" }, { settings: request.settings })
  const asks = { id: message.id, role: "user", parts } as const
  // One that is in no list needs no name.
  const unnamed = !conversation && !request.temporary
  const least = parts.some(({ type }) => type === "data-summary")
  await Promise.all(
    jobs.map((job, place) =>
      startGeneration({
        ...job,
        least,
        history: async () =>
          historyFor(user.id, conversation ? await branchOf(id, message.id) : [asks], job.model, { settings, least }),
        ...(changed && request.change && changing(changed, { job, change: request.change, settings })),
        title: unnamed && place === 0 ? (signal) => makeTitle({ ...job, parts }, signal) : undefined,
      }),
    ),
  )
  return parentId
}

/** The conversation that a first turn begins. */
async function beginning(
  userId: string,
  { id, temporary, folderId }: ChatRequest,
  { touch }: NewTurn,
  { parts, settings }: { parts: MessageParts; settings: ChatSettings | undefined },
): Promise<NewConversation> {
  const inFolder = folderId && !temporary && (await folderExists(db(), folderId, userId))
  return {
    ...{ id, userId, title: draftTitle(parts), settings, temporary },
    ...(inFolder && { folderId }),
    ...{ model: touch.model, activeLeafId: touch.activeLeafId, running: touch.begin },
  }
}

type Job = Omit<GenerationJob, "history" | "title">

/** A run for each answer. */
function jobsOf(
  user: SessionUser,
  { id, message, settings, output }: ChatRequest,
  answers: [Asked, ...Asked[]],
  models: [ModelInfo, ...ModelInfo[]],
): [Job, ...Job[]] {
  const shared = { parentId: message.id, conversationId: id, userId: user.id, createdAt: new Date(), settings, output }
  const job = (answer: Asked, place: number): Job => ({
    ...shared,
    generationId: uuidv7(),
    messageId: answer.id,
    model: models[place] ?? models[0],
  })
  const [first, ...others] = answers
  return [job(first, 0), ...others.map((answer, index) => job(answer, index + 1))]
}

/** The empty answers, and what says that they are being written. */
function rowsOf({ compare }: ChatRequest, jobs: [Job, ...Job[]]): Pick<NewTurn, "answers" | "generations"> {
  const { nodeId } = runtime()
  return {
    answers: jobs.map(({ messageId, conversationId, parentId, model, settings, output, createdAt }, place) => ({
      id: messageId,
      conversationId,
      parentId,
      model: model.id,
      settings,
      output,
      createdAt,
      ...(compare && { comparisonId: jobs[0].messageId, comparisonPlace: place }),
      // The branch ends at the first of them, until one is kept.
      ...(compare && place === 0 && { chosenAt: createdAt }),
    })),
    generations: jobs.map(({ generationId, messageId, conversationId, userId }) => ({
      id: generationId,
      messageId,
      conversationId,
      userId,
      nodeId,
    })),
  }
}
