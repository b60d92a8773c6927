import { runningGeneration } from "@/lib/db/generations"
import { runtime } from "@/lib/generation/runtime"

/**
 * Stops what runs in a conversation of this user, from whichever tab; resolves when the message is stored.
 * False when nothing runs there.
 */
export async function stopConversation(userId: string, conversationId: string): Promise<boolean> {
  const generation = await runningGeneration(conversationId, userId)
  const running = generation && runtime().running.get(generation.id)
  if (!running) return false
  running.abort("stop")
  await running.done
  return true
}
