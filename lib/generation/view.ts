import type { ConversationView, ViewPiece } from "@/lib/chat/types"
import { viewConversation } from "@/lib/chat/view"
import { partsOf } from "@/lib/generation/chunks"
import { runningByMessage } from "@/lib/generation/runtime"

/** The shown branch of a conversation, with what has come so far of the answer that is being written. */
export async function viewWithRunning(userId: string, id: string, piece?: ViewPiece): Promise<ConversationView | null> {
  const view = await viewConversation(userId, id, piece)
  const last = view?.messages.at(-1)
  const running = last?.metadata?.status === "streaming" ? runningByMessage(last.id) : undefined
  if (!view || !last || !running) return view
  const parts = await partsOf(running.snapshot())
  return { ...view, messages: [...view.messages.slice(0, -1), { ...last, parts }] }
}
