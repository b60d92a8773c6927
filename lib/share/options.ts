/** What an author chooses to show. For browser and server, without a schema library. */
import type { SecretKind } from "@/lib/share/secrets"

/** What can be shown or not. */
export const SHOWN = ["thinking", "tools", "systemPrompt", "images", "documents", "author"] as const
export type Shown = Record<(typeof SHOWN)[number], boolean>

export interface ShareOptions extends Shown {
  /** Ids of messages that are left out. */
  leftOut: string[]
  /** Likely secrets that are blacked out: all of these kinds, also of messages to come, and these by their ids. */
  blackOut: { kinds: SecretKind[]; ids: string[] }
}

/** As a link is made of which nobody said more: what it always showed. */
export const DEFAULT_OPTIONS: ShareOptions = {
  ...{ thinking: false, tools: true, systemPrompt: false, images: true, documents: false, author: false },
  leftOut: [],
  blackOut: { kinds: [], ids: [] },
}

/** A likely secret of a chat. `id` names it for who has the key of this Sparkler, and tells nobody else what it is. */
export interface FoundSecret {
  id: string
  kind: SecretKind
  text: string
}

export const isBlackedOut = ({ id, kind }: FoundSecret, { kinds, ids }: ShareOptions["blackOut"]): boolean =>
  kinds.includes(kind) || ids.includes(id)

/** Limits that the page shows, too. */
export const MAX_SHARE_TITLE = 200
export const PASSCODE = { least: 6, most: 100 }
export const MOST_PEOPLE = 100
export const MAX_REASON = 2_000
