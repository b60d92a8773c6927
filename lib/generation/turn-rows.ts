/** The run and the row for each answer of a request. */
import { v5 as uuidv5, v7 as uuidv7 } from "uuid"
import type { SessionUser } from "@/lib/auth/sessions"
import type { Merged } from "@/lib/chat/messages"
import type { ChatRequest } from "@/lib/chat/requests"
import type { NewTurn } from "@/lib/db/turns"
import type { GenerationJob } from "@/lib/generation/job"
import { runtime } from "@/lib/generation/runtime"
import type { ModelInfo } from "@/lib/models/model.types"

/** Derives the ID of the first answer to a message, so that a repeated request creates only one. */
const ANSWER_NAMESPACE = "7c8f4c0e-6d2b-5f0a-9a53-0f5f6f3c2b11"

/** A requested answer. */
export interface Asked {
  id: string
  model: string | undefined
}

export const answersOf = ({ message, compare, responseId, model }: ChatRequest): [Asked, ...Asked[]] => {
  const [first, ...others] = (compare ?? []).map((one): Asked => ({ id: one.responseId, model: one.model }))
  return first ? [first, ...others] : [{ id: responseId ?? uuidv5(message.id, ANSWER_NAMESPACE), model }]
}

export type Job = Omit<GenerationJob, "history" | "title">

/** A run for each answer. */
export function jobsOf(
  user: SessionUser,
  { id, message, settings, output, blind }: ChatRequest,
  answers: [Asked, ...Asked[]],
  models: [ModelInfo, ...ModelInfo[]],
): [Job, ...Job[]] {
  // Which other models were asked is a setting of the conversation, not of the run.
  const { compare: _compare, ...own } = settings ?? {}
  const ofAnswer = settings && own
  const shared = {
    ...{ parentId: message.id, conversationId: id, userId: user.id, createdAt: new Date() },
    ...{ settings: ofAnswer, output, blind: blind === true },
  }
  const job = (answer: Asked, place: number): Job => ({
    ...shared,
    generationId: uuidv7(),
    messageId: answer.id,
    model: models[place] ?? models[0],
  })
  const [first, ...others] = answers
  return [job(first, 0), ...others.map((answer, index) => job(answer, index + 1))]
}

/** The empty answers, and the generation rows that mark them as being written. */
export function rowsOf(
  { compare }: ChatRequest,
  jobs: [Job, ...Job[]],
  merged: Merged | undefined,
): Pick<NewTurn, "answers" | "generations"> {
  const { nodeId } = runtime()
  return {
    answers: jobs.map(({ messageId, conversationId, parentId, model, settings, output, createdAt, blind }, place) => ({
      id: messageId,
      conversationId,
      parentId,
      model: model.id,
      settings,
      output,
      createdAt,
      blind,
      ...(merged && { merged }),
      ...(compare && { comparisonId: jobs[0].messageId, comparisonPlace: place }),
      // The branch ends at the first one until one is kept.
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
