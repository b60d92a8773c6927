import { setTimeout as wait } from "node:timers/promises"
import { generationById, runningConversations, runningGenerations } from "@/lib/db/generations"
import { type Running, runtime } from "@/lib/generation/runtime"

/** Times that a generation which is stored and not yet known here is looked for, 10 ms apart. */
const LOOKS = 50

/**
 * Stops what runs in a conversation of this user, or one answer of it, from whichever tab; resolves when all that was
 * stopped is stored. False when nothing runs there.
 */
export async function stopConversation(userId: string, conversationId: string, messageId?: string): Promise<boolean> {
  const running = await runningGenerations(conversationId, userId)
  return stopAnswers(running.filter((generation) => !messageId || generation.messageId === messageId))
}

/** Stops these generations. False when none of them runs here. */
export async function stopAnswers(generations: { id: string; nodeId: string }[]): Promise<boolean> {
  const stopped = await Promise.all(
    generations.map(async (generation) => {
      const running = await runningHere(generation)
      running?.abort("stop")
      await running?.done
      return running !== undefined
    }),
  )
  return stopped.includes(true)
}

/** A generation is stored a moment before it starts: who stops in between waits for it. */
async function runningHere({ id, nodeId }: { id: string; nodeId: string }): Promise<Running | undefined> {
  const state = runtime()
  for (let look = 0; look < LOOKS; look++) {
    const running = state.running.get(id)
    if (running || nodeId !== state.nodeId) return running
    if (look > 0 && !(await stillOpen(id))) return undefined
    await wait(10)
  }
  return undefined
}

const stillOpen = async (id: string) => (await generationById(id))?.endedAt === null

/** Stops what runs in any of these conversations of this user. */
export async function stopConversations(userId: string, conversationIds: string[]): Promise<void> {
  const running = await runningConversations(userId)
  await Promise.all(conversationIds.filter((id) => running.has(id)).map((id) => stopConversation(userId, id)))
}
