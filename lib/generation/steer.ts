/** A message for the model while it is answering: it waits in the process that writes the answer, for the next step. */
import { setTimeout as wait } from "node:timers/promises"
import { z } from "zod"
import type { SessionUser } from "@/lib/auth/sessions"
import { topicOf } from "@/lib/bus/topic"
import type { SteerRequest, UnsteerRequest } from "@/lib/chat/requests"
import { config } from "@/lib/config"
import { runningGenerations } from "@/lib/db/generations"
import { findOwnAnswer } from "@/lib/generation/continue"
import { runtime } from "@/lib/generation/runtime"
import type { NoteState } from "@/lib/generation/tools/notes"
import { AppError } from "@/lib/http/errors"
import { noteSchema } from "@/lib/messages/notes"
import { consumeRateLimit } from "@/lib/quota/rates"

/** Milliseconds in which a live process responds. */
const PATIENCE_MS = 3_000

const askedSchema = z.object({ generationId: z.string(), id: z.string(), note: noteSchema.optional() })
type Asked = z.infer<typeof askedSchema>
/** Requests to a process to pass a note to the model of one of its answers, or, without a note, to withdraw it. */
const requestsTo = (nodeId: string) => topicOf(`steer:${nodeId}`, askedSchema)
const repliesOf = (generationId: string, noteId: string) =>
  topicOf(`steered:${generationId}:${noteId}`, z.enum(["waiting", "given", "over"]))

/**
 * Queues a message for the next step of a running answer. A repeated message is delivered once. `over`: nothing is
 * kept, since the answer has ended; send it as a regular message instead. Throws `AppError`s: not found for anything
 * that belongs to another user, `message:too_long`, and the message rate limit.
 */
export async function steerAnswer(
  user: SessionUser,
  conversationId: string,
  request: SteerRequest,
): Promise<NoteState> {
  const { messageId, id, text } = request
  const { messageChars } = config().limits
  if (text.length > messageChars)
    throw new AppError("message:too_long", { values: { files: "none", length: text.length, limit: messageChars } })
  await findOwnAnswer(user, conversationId, messageId)
  await consumeRateLimit(user.id, "messages")
  return askWriter(user, conversationId, { messageId, id, note: { id, text } })
}

/**
 * Withdraws a queued message. `given`: too late, the model has it. Throws not found for anything that belongs to
 * another user.
 */
export async function unsteerAnswer(
  user: SessionUser,
  conversationId: string,
  request: UnsteerRequest,
): Promise<NoteState> {
  await findOwnAnswer(user, conversationId, request.messageId)
  return askWriter(user, conversationId, request)
}

async function askWriter(
  user: SessionUser,
  conversationId: string,
  { messageId, ...asked }: UnsteerRequest & Pick<Asked, "note">,
): Promise<NoteState> {
  const running = await runningGenerations(conversationId, user.id)
  const generation = running.find((one) => one.messageId === messageId)
  if (!generation) return "over"
  const ask = { ...asked, generationId: generation.id }
  return generation.nodeId === runtime().nodeId ? steerHere(ask) : steerElsewhere(ask, generation.nodeId)
}

function steerHere({ generationId, id, note }: Asked): NoteState {
  const notes = runtime().running.get(generationId)?.notes
  if (!notes) return "over"
  return note ? notes.add(note) : notes.remove(id)
}

/** Handles requests from other processes. Resolves with an unsubscribe function. */
export const subscribeToSteering = (): Promise<() => void> =>
  requestsTo(runtime().nodeId).subscribe((asked) => {
    void repliesOf(asked.generationId, asked.id).publish(steerHere(asked))
  })

/** A process that doesn't respond is dead, and its answer is over. */
async function steerElsewhere(asked: Asked, nodeId: string): Promise<NoteState> {
  let hear: (state: NoteState) => void = () => {}
  const heard = new Promise<NoteState>((resolve) => {
    hear = resolve
  })
  const leave = await repliesOf(asked.generationId, asked.id).subscribe((state) => hear(state))
  try {
    await requestsTo(nodeId).publish(asked)
    return await Promise.race([heard, wait(PATIENCE_MS, "over" as const)])
  } finally {
    leave()
  }
}
