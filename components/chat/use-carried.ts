"use client"

import { type RefObject, useEffect } from "react"
import type { SettingsStore } from "@/components/chat/settings-store"
import type { DraftStore } from "@/components/draft/draft"
import type { ConversationSession } from "@/components/session/session"

interface Options {
  /** Null: the conversation is one of the server's. */
  temporary: boolean | null
  session: ConversationSession
  draft: DraftStore
  settings: SettingsStore
  comparing: RefObject<string[]>
  compare: (models: string[]) => void
}

type Left = Pick<Options, "temporary" | "draft" | "settings"> & { compared: string[] }

/** The new conversation whose page was left last. */
let left: Left | null = null

/** What is being written in a new conversation goes along when it is made a temporary one, and back. All must be stable. */
export function useCarried({ temporary, session, draft, settings, comparing, compare }: Options): void {
  useEffect(() => {
    const from = left
    left = null
    if (from && temporary !== null && from.temporary !== temporary) {
      from.draft.handOver(draft)
      const chosen = from.settings.get()
      if (JSON.stringify(chosen) !== JSON.stringify(settings.get())) settings.change(chosen)
      if (from.compared.length > 0) compare(from.compared)
    }
    return () => {
      // Only what nothing was said in yet.
      const isNew = temporary !== null && session.snapshot().messages.length === 0
      left = isNew ? { temporary, draft, settings, compared: comparing.current } : null
    }
  }, [temporary, session, draft, settings, comparing, compare])
}
