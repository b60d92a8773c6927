/** After a crash: turns what a dead process was writing into a message that ends where its log did. */
import { eventLog } from "@/lib/bus/here"
import { messageForUser } from "@/lib/chat/messages"
import { tell } from "@/lib/chat/news/news"
import { abandonedGenerations, claimGeneration } from "@/lib/db/generations"
import { messageById } from "@/lib/db/messages"
import { finishMessage } from "@/lib/db/turns"
import { loggedParts } from "@/lib/generation/log/written"
import { runtime } from "@/lib/generation/runtime"
import { sentence, told } from "@/lib/i18n/sentences"
import { logFault, logInfo } from "@/lib/log"
import { settleChange } from "@/lib/messages/change"
import { closeParts, parseParts } from "@/lib/messages/parts"

/**
 * Closes the messages of generations that no process runs. `earlierProcesses`: at the start of the only process, every
 * open generation belongs to an earlier one, whatever its lease says. `overForMs`: how long a lease must have been
 * expired. Returns how many were closed.
 */
export async function recoverAbandoned(
  options: { earlierProcesses?: boolean; overForMs?: number } = {},
): Promise<number> {
  const { nodeId, running } = runtime()
  const { earlierProcesses, overForMs } = options
  const found = await abandonedGenerations(earlierProcesses ? { allButNode: nodeId } : { overForMs })
  let closed = 0
  for (const generation of found) if (!running.has(generation.id) && (await closeAbandoned(generation))) closed++
  if (closed > 0) logInfo(`${closed} interrupted ${closed === 1 ? "answer" : "answers"} recovered.`)
  return closed
}

interface Abandoned {
  id: string
  messageId: string
  conversationId: string
  userId: string
  leaseUntil: Date
}

/**
 * Takes a generation over from a process that no longer runs it, and closes its message as interrupted. False if its
 * lease was renewed or taken since it was read, or if this fails, which is logged.
 */
export async function closeAbandoned(generation: Abandoned): Promise<boolean> {
  const { id, messageId, conversationId, userId } = generation
  const { nodeId } = runtime()
  try {
    if (!(await claimGeneration(id, generation.leaseUntil, nodeId))) return false
    // Its process may only have been asleep: seals the log so that it can't add anything after what is read now.
    await eventLog()
      .take(id)
      .catch((error: unknown) => logFault(`log of generation ${id}`, error))
    const written = (await loggedParts(id)) ?? (await storedParts(messageId))
    const parts = settleChange(closeParts(written, { reason: told(sentence("tool:interrupted")) }), false)
    // Nobody has counted its usage.
    const model = (await messageById(messageId))?.model
    const usage = model && { userId, model, answers: 1, inputTokens: 0, outputTokens: 0, costUsd: 0 }
    await finishMessage({ id, messageId, conversationId, nodeId }, { status: "interrupted", parts }, usage || undefined)
  } catch (error) {
    logFault(`recovering generation ${id}`, error)
    return false
  }
  void tell(userId, conversationId, { messageId, status: "interrupted" })
  await endLog(id, messageId).catch((error: unknown) => logFault(`log of generation ${id}`, error))
  return true
}

/** Tells remaining followers how it ended. */
async function endLog(id: string, messageId: string): Promise<void> {
  const row = await messageById(messageId)
  const end = row && [{ type: "message-metadata", messageMetadata: messageForUser(row).metadata }]
  await eventLog().end(
    id,
    [...(end ?? []), { type: "finish" }].map((chunk) => JSON.stringify(chunk)),
  )
}

/** What an answer contained before it was continued. */
const storedParts = async (messageId: string) => parseParts((await messageById(messageId))?.parts)
