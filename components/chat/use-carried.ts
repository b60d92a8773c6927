"use client"

import { useEffect } from "react"
import type { SettingsStore } from "@/components/chat/settings-store"
import type { DraftStore } from "@/components/draft/draft"
import type { ConversationSession } from "@/components/session/session"

interface Options {
  id: string
  /** Null: the conversation is one of the server's. */
  temporary: boolean | null
  session: ConversationSession
  draft: DraftStore
  settings: SettingsStore
}

type Left = Pick<Options, "id" | "temporary" | "draft" | "settings"> & { isNew: boolean }

/** The conversation whose page was left last. */
let left: Left | null = null

/**
 * What is being written in a new conversation goes along when it is made a temporary one, and back; so does what is on
 * its way when another page of the same conversation takes the place of this one: the start page's, that began it, is
 * read anew. All must be stable.
 */
export function useCarried({ id, temporary, session, draft, settings }: Options): void {
  useEffect(() => {
    const from = left
    left = null
    if (from?.id === id && from.draft !== draft) draft.takeOver(from.draft)
    else if (from?.isNew && temporary !== null && from.temporary !== temporary) {
      from.draft.handOver(draft)
      const chosen = from.settings.get()
      if (JSON.stringify(chosen) !== JSON.stringify(settings.get())) settings.change(chosen)
    }
    return () => {
      // Only what nothing was said in yet.
      const isNew = temporary !== null && session.snapshot().messages.length === 0
      const here = { id, temporary, draft, settings, isNew }
      left = here
      // Only what comes at once takes its place.
      setTimeout(() => {
        if (left === here && !isNew) left = null
      })
    }
  }, [id, temporary, session, draft, settings])
}
