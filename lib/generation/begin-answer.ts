import type { Transaction } from "@/lib/db/client"
import { type BesideTouch, registerParallelAnswer } from "@/lib/db/conversations"
import { runningComparisons } from "@/lib/db/generations"
import { busy } from "@/lib/generation/checks"

/**
 * Starts an answer next to others: in the same transaction, checks that whatever is being written there belongs to the
 * same comparison (null: that nothing is). Throws `conversation:busy`.
 */
export async function beginAnswer(
  client: Transaction,
  conversationId: string,
  comparisonId: string | null,
  touch: BesideTouch,
): Promise<void> {
  await registerParallelAnswer(client, conversationId, touch)
  const others = await runningComparisons(client, conversationId)
  if (!others.every((other) => other !== null && other === comparisonId)) throw busy()
}
