import type { ShareOptions } from "@/lib/share/options"
import type { ShareDraft } from "@/lib/share/snapshot"

/** A user of this installation who may read a share. */
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
  /** Origin of this installation, if configured (`APP_URL`); null for the page's own origin. */
  origin: string | null
  title: string
  createdAt: string
  /** When its snapshot was last replaced. */
  updatedAt: string | null
  revokedAt: string | null
  expiresAt: string | null
  /** Requires a passcode. */
  passcode: boolean
  listed: boolean
  views: number
  /** Only for `people`. */
  inside: boolean
  people: Person[]
  /** The last message shown; null for the end of the branch. */
  upTo: string | null
  options: ShareOptions
}

/** What the author sees before anything becomes public. */
export interface SharePreview extends ShareDraft {
  /** Identifies the previewed content: the client sends it when sharing, so that nothing else is shared. */
  digest: string
  /** Display names of its models, if known. */
  names: Record<string, string>
  /** The author has an account, and can share with users of this installation. */
  mayInside: boolean
  /** For an existing link, the messages it shows now. */
  shared: ShareDraft["messages"] | null
}

/** A share this user was given access to. */
export interface ReceivedShare {
  id: string
  path: string
  title: string
  /** Name of its author. */
  by: string
  createdAt: string
}
