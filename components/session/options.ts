import type { PageStorage } from "@/components/base/storage"
import type { DraftStore } from "@/components/draft/draft"
import type { TurnOptions } from "@/components/stream/chat-request"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { Comparing } from "@/lib/messages/types"

/** The environment of a page's conversation. */
export interface SessionOptions {
  id: string
  view: ConversationView | null
  draft: DraftStore
  /** Where queued messages are stored. */
  storage: () => PageStorage
  /** Options sent with each turn, read when it is sent. */
  turn: () => Pick<TurnOptions, "model" | "settings" | "output" | "temporary" | "folderId">
  /** The server has the message. */
  onAccepted: () => void
  onTitle: (title: string) => void
  /** The conversation was reloaded. */
  onView?: (view: ConversationView) => void
  /** The models to send the next message to; none when not comparing. */
  comparing: () => Comparing
  /** The message was not sent: select its models again. */
  compareAgain: (models: Comparing) => void
  /** The conversation continues from the compared answer of this model. */
  onKept: (model: string) => void
  /** An answer ended. */
  onEnded: () => void
}
