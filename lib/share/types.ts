import type { ShareOptions } from "@/lib/share/options"
import type { ShareDraft } from "@/lib/share/snapshot"

/** Somebody of this Sparkler who may read a share. */
export interface Person {
  id: string
  name: string | null
  email: string | null
}

/** A link to a snapshot of a conversation, as its owner sees it. */
export interface ShareInfo {
  id: string
  conversationId: string
  /** `/share/{token}` */
  path: string
  /** Where this Sparkler is to be found, when its settings say so (`APP_URL`); null: where the page is. */
  origin: string | null
  title: string
  createdAt: string
  /** When its snapshot was made anew. */
  updatedAt: string | null
  revokedAt: string | null
  expiresAt: string | null
  /** It asks for a passcode. */
  passcode: boolean
  listed: boolean
  views: number
  /** For `people` alone. */
  inside: boolean
  people: Person[]
  /** The message that it ends with; null: the end of the branch. */
  upTo: string | null
  options: ShareOptions
}

/** What is seen before something is made public. */
export interface SharePreview extends ShareDraft {
  /** Names what is seen here: who shares sends it along, so that nothing else is shared. */
  digest: string
  /** Names of its models that are known here. */
  names: Record<string, string>
  /** The author has an account, and can share with people of this Sparkler. */
  mayInside: boolean
  /** Of a link that is there: the messages that it shows now. */
  shared: ShareDraft["messages"] | null
}

/** A share that somebody was let read. */
export interface ReceivedShare {
  id: string
  path: string
  title: string
  /** Who shared it. */
  by: string
  createdAt: string
}
