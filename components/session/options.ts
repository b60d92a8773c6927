import type { PageStorage } from "@/components/base/storage"
import type { DraftStore } from "@/components/draft/draft"
import type { TurnOptions } from "@/components/stream/chat-request"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { Comparing } from "@/lib/messages/types"

/** What lies around the conversation of a page. */
export interface SessionOptions {
  id: string
  view: ConversationView | null
  draft: DraftStore
  /** Where messages that wait are kept. */
  storage: () => PageStorage
  /** What goes with each turn, read when it is sent. */
  turn: () => Pick<TurnOptions, "model" | "settings" | "output" | "temporary" | "folderId">
  /** The server has the message. */
  onAccepted: () => void
  onTitle: (title: string) => void
  /** The conversation was read anew. */
  onView?: (view: ConversationView) => void
  /** The models that the next message is to be asked of; none when they are not compared. */
  comparing: () => Comparing
  /** The message was not sent: those that it was to be asked of are chosen again. */
  compareAgain: (models: Comparing) => void
  /** Of answers that were compared, one of this model is gone on from. */
  onKept: (model: string) => void
  /** An answer ended. */
  onEnded: () => void
}
