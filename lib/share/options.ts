/** What an author chooses to show. For browser and server, without a schema library. */
import type { SecretKind } from "@/lib/share/secrets"

/** What can be shown or hidden. */
export const SHOWN = ["thinking", "tools", "systemPrompt", "images", "documents", "author"] as const
export type Shown = Record<(typeof SHOWN)[number], boolean>

export interface ShareOptions extends Shown {
  /** IDs of messages to omit. */
  leftOut: string[]
  /** Likely secrets to redact: all of these kinds, including in future messages, and individual ones by ID. */
  blackOut: { kinds: SecretKind[]; ids: string[] }
}

/** Defaults for a link created without options: what links have always shown. */
export const DEFAULT_OPTIONS: ShareOptions = {
  ...{ thinking: false, tools: true, systemPrompt: false, images: true, documents: false, author: false },
  leftOut: [],
  blackOut: { kinds: [], ids: [] },
}

/**
 * A likely secret in a chat. `id` identifies it only to someone with this installation's key, and reveals nothing to
 * others.
 */
export interface FoundSecret {
  id: string
  kind: SecretKind
  text: string
}

export const isRedacted = ({ id, kind }: FoundSecret, { kinds, ids }: ShareOptions["blackOut"]): boolean =>
  kinds.includes(kind) || ids.includes(id)

/** Limits that the page uses too. */
export const MAX_SHARE_TITLE = 200
export const PASSCODE = { least: 6, most: 100 }
export const MAX_SHARE_PEOPLE = 100
export const MAX_REASON = 2_000
