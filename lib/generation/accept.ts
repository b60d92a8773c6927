/** Turns a user's message into a running generation: checks, stores both messages, starts. */
import { may } from "@/lib/auth/rights"
import type { SessionUser } from "@/lib/auth/sessions"
import { conversationNotFound } from "@/lib/chat/conversations"
import { fileIdsIn } from "@/lib/chat/files"
import { imageIdsOf } from "@/lib/chat/history"
import { folderTools } from "@/lib/chat/list/folders"
import { mergedOf, readMerged } from "@/lib/chat/messages"
import { tell } from "@/lib/chat/news/news"
import type { ChatRequest } from "@/lib/chat/requests"
import { checkDocuments, withDocuments } from "@/lib/chat/sent-documents"
import { readSettings } from "@/lib/chat/settings"
import { draftTitle, makeTitle } from "@/lib/chat/title"
import { db } from "@/lib/db/client"
import { conversationExists, type NewConversation } from "@/lib/db/conversations"
import { isMissingRow, isMissingTarget, isUniqueViolation } from "@/lib/db/errors"
import { folderExists } from "@/lib/db/folders"
import { messageById } from "@/lib/db/messages"
import { type KnownMessage, knownMessages, type NewTurn, type Standing, standingOf, storeTurn } from "@/lib/db/turns"
import { answerToChange, changing } from "@/lib/generation/change"
import { busy, checkLimit, checkRunning, describeImages, modelFor, validatedParts } from "@/lib/generation/checks"
import { storeMerged, storeReplacement } from "@/lib/generation/compare"
import { isNotCompared, notComparedError } from "@/lib/generation/comparison"
import { takeGuestAnswers } from "@/lib/generation/guest-budget"
import { branchOf, historyFor } from "@/lib/generation/history"
import type { GenerationJob } from "@/lib/generation/job"
import { answersToMerge, mergeOf, withMergeTask } from "@/lib/generation/merge"
import { parentOf, placeOf } from "@/lib/generation/place"
import { answerToRepair, repairing } from "@/lib/generation/repair"
import { startGeneration } from "@/lib/generation/run"
import { type Asked, answersOf, type Job, jobsOf, rowsOf } from "@/lib/generation/turn-rows"
import { AppError } from "@/lib/http/errors"
import { imageGone, requireImages } from "@/lib/images/images"
import { type MessageParts, parseParts } from "@/lib/messages/parts"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { checkOutput } from "@/lib/output/check"
import { paymentOf, quotaError } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"
import { recordSchemaUse } from "@/lib/schemas/uses"

/** What the route responds with: the streams of these messages, running or finished. */
export interface Accepted {
  /** The answer, or all answers of a comparison. */
  answerIds: string[]
  /** Parent of the question in the message tree. */
  parentId: string | null
}

/**
 * Stores the message and starts its answer, or one answer per compared model. Repeating a request attaches to what
 * already exists. Throws `AppError`s: not found for anything that belongs to another user, and every limit.
 */
export async function acceptMessage(user: SessionUser, request: ChatRequest): Promise<Accepted> {
  const answers = answersOf(request)
  const answerIds = answers.map(({ id }) => id)
  for (let attempt = 0; ; attempt++) {
    const known = await lookUp(user, request, answerIds, attempt > 0)
    if (known.answered) return { answerIds, parentId: known.asked?.parentId ?? null }
    if (attempt === 0) await consumeRateLimit(user.id, "messages")
    const giveBack = await takeGuestAnswers(user, answers.length)
    try {
      const parentId = await store(user, request, answers, known)
      void recordSchemaUse(user.id, request.id, request.output)
      return { answerIds, parentId }
    } catch (thrown) {
      giveBack()
      const error = await quotaError(user, thrown)
      // IDs are taken, the same ones were stored concurrently, or another turn has started: look again once,
      // thoroughly.
      const meanwhile = isUniqueViolation(error) || isMissingRow(error)
      if (attempt > 0 && meanwhile) throw busy()
      if (attempt > 0 || !(meanwhile || isNotCompared(error))) throw error
    }
  }
}

/** What already exists for a request. */
interface Known {
  conversation: Standing | null
  /** Answers currently being written for this user. */
  running: number
  /** The stored question, when this is a regeneration. */
  asked: KnownMessage | null
  /** These answers already exist. */
  answered: boolean
}

/**
 * Looks up what a request refers to. Without a conversation nothing else of this user can exist, so a first message
 * costs one query; `closely` checks every ID, including other users'. Throws for anything that is not this user's.
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

/** Returns the ID of the question's parent message. */
async function store(
  user: SessionUser,
  asking: ChatRequest,
  answers: [Asked, ...Asked[]],
  known: Known,
): Promise<string | null> {
  // Only here, so that a repeated request can still follow an answer that exists.
  checkRunning()
  const { conversation, running, asked } = known
  const broken = conversation ? await answerToRepair(asking) : null
  const request = broken ? { ...asking, output: broken.metadata?.output } : asking
  const given = asked ? parseParts(asked.parts) : await withDocuments(user.id, validatedParts(request))
  const parentId = asked ? asked.parentId : await parentOf(request, conversation)
  if (conversation && conversation.running > 0 && !request.replaces) throw busy()
  checkLimit(running, answers.length)
  // The lookups below assume that the conversation is known to be this user's.
  if (!conversation) refuseAtBeginning(request)
  const changed = await answerToChange(request)
  const beside = await besideOf(request)
  // A merged answer doesn't require a model that can see the images.
  const seen = beside.merges ? [] : given
  const [{ id: first, model = beside.model }, ...others] = answers
  const models: [ModelInfo, ...ModelInfo[]] = [
    await modelFor(user, { model }, request, conversation, seen),
    ...(await Promise.all(others.map((answer) => modelFor(user, answer, request, conversation, seen)))),
  ]
  await checkOutput(user.id, request.output)
  const images = asked ? [] : imageIdsOf([{ parts: given }])
  const parts = describeImages(given, await requireImages(user.id, images))
  const files = asked ? [] : fileIdsIn(parts)

  const { id, message } = request
  const settings = await settingsOf(user, request, conversation)
  if (!beside.merges) await checkDocuments(user.id, parts, { models, settings })
  const merge = beside.merges && mergeOf(beside.merges, { model: models[0], settings, question: parts })
  const blind = request.blind ?? beside.blind
  const jobs = jobsOf(user, { ...request, settings, blind }, answers, models)
  for (const job of jobs) job.merged = mergedOf(merge?.merged)
  const shown = shownModel({ ...request, blind }, conversation, models)
  const touch = { activeLeafId: first, model: shown, settings: request.settings, begin: answers.length }
  const question = asked ? null : { id: message.id, conversationId: id, parentId, parts, createdAt: jobs[0].createdAt }
  const place = await placeOf(request, known, parentId)
  const rows = rowsOf(request, jobs, merge?.merged)
  const { key, taken } = await paymentOf(user, models)
  for (const job of jobs) job.key = key
  const turn: NewTurn = { conversationId: id, question, files, ...rows, touch, ...place, taken }
  const begun = conversation ? null : await beginning(user.id, request, turn, { parts, settings })
  await storing(request, turn, begun).catch((error: unknown) => {
    // It was cleaned up after the check.
    throw files.length > 0 && isMissingTarget(error) ? imageGone() : error
  })
  for (const { messageId } of jobs)
    void tell(user.id, id, { messageId, status: "streaming" }, { settings: request.settings })
  // A temporary conversation is not listed, so it needs no title.
  const unnamed = !conversation && !request.temporary
  const also = alsoOf(request, { broken, changed, settings })
  await start(jobs, { parts, isNew: !conversation, unnamed, task: merge?.prompt, also })
  return parentId
}

/** A new conversation has no answers to refer to yet. */
function refuseAtBeginning({ replaces, merges, change, repair }: ChatRequest): void {
  if (replaces || merges) throw notComparedError()
  if (change || repair) throw conversationNotFound()
}

interface Beside {
  /** The answer to repair, or to change. */
  broken: ChatMessage | null
  changed: ChatMessage | null
  settings: ChatSettings | undefined
}

/** Job overrides for a run that creates a version of an existing answer. */
const alsoOf =
  ({ change }: ChatRequest, { broken, changed, settings }: Beside) =>
  (job: Job) => {
    if (broken) return repairing(broken, { job, settings })
    return changed && change ? changing(changed, { job, change, settings }) : undefined
  }

interface Start {
  /** Parts of the question. */
  parts: MessageParts
  /** This turn starts the conversation. */
  isNew: boolean
  unnamed: boolean
  /** Instructions for the models, appended to the question. */
  task: string | undefined
  /** Overrides for a run's job. */
  also: (job: Job) => Partial<GenerationJob> | undefined
}

async function start(jobs: Job[], { parts, isNew, unnamed, task, also }: Start): Promise<void> {
  const least = parts.some(({ type }) => type === "data-summary")
  const historyOf = async ({ conversationId, parentId, userId, model, settings }: Job) => {
    const asks = { id: parentId, role: "user", parts } as const
    const turns = isNew ? [asks] : await branchOf(conversationId, parentId)
    return historyFor(userId, task ? withMergeTask(turns, parentId, task) : turns, model, { settings, least })
  }
  await Promise.all(
    jobs.map((job, place) =>
      startGeneration({
        ...{ ...job, least, history: () => historyOf(job), ...also(job) },
        title: unnamed && place === 0 ? (signal) => makeTitle({ ...job, parts }, signal) : undefined,
      }),
    ),
  )
}

const storing = ({ replaces, merges }: ChatRequest, turn: NewTurn, begun: NewConversation | null): Promise<void> => {
  if (merges) return storeMerged(turn, merges)
  return replaces ? storeReplacement(turn, replaces) : storeTurn(turn, begun)
}

/** What a new answer takes over from the answers it is compared with. */
async function besideOf({ id, replaces, merges }: ChatRequest) {
  const row = replaces ? await messageById(replaces) : null
  const replaced = row?.conversationId === id ? row : null
  const made = merges ?? (readMerged(replaced?.merged) ? replaces : undefined)
  return {
    model: replaced?.model ?? undefined,
    blind: replaced?.blind ? (true as const) : undefined,
    merges: made === undefined ? null : await answersToMerge(id, made),
  }
}

/**
 * The model shown for the conversation. While names are hidden, never one that would reveal which model comes first.
 */
const shownModel = (
  { blind, once, settings }: ChatRequest,
  conversation: Standing | null,
  [first, ...others]: [ModelInfo, ...ModelInfo[]],
): string => {
  if (once && conversation?.model) return conversation.model
  if (!blind) return first.id
  const ids = [first, ...others].map(({ id }) => id).sort()
  const chosen = ids.find((id) => id === settings?.compare?.models[0])
  return conversation?.model ?? chosen ?? ids[0] ?? first.id
}

/** A request without settings uses the conversation's; a new conversation gets the tools of its folder. */
async function settingsOf(
  user: SessionUser,
  { settings, folderId, temporary }: ChatRequest,
  conversation: Standing | null,
): Promise<ChatSettings | undefined> {
  if (settings) return settings
  if (conversation) return readSettings(conversation.settings)
  const tools = folderId && !temporary ? await folderTools(user.id, folderId) : undefined
  return tools && { tools }
}

/** The conversation that a first turn creates. */
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
