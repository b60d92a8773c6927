"use client"

import { useEffect } from "react"
import type { SettingsStore } from "@/components/chat/settings-store"
import type { DraftStore } from "@/components/draft/draft"
import type { ConversationSession } from "@/components/session/session"

interface Options {
  id: string
  /** Null: a conversation stored on the server. */
  temporary: boolean | null
  session: ConversationSession
  draft: DraftStore
  settings: SettingsStore
}

type Left = Pick<Options, "id" | "temporary" | "draft" | "settings"> & { isNew: boolean }

/** The conversation of the last page left. */
let left: Left | null = null

/**
 * Carries the draft over when a new conversation is made temporary, or back, and uploads in progress when another page
 * of the same conversation replaces this one: the start page where it began is loaded again. All arguments must be
 * stable.
 */
export function useDraftHandoff({ id, temporary, session, draft, settings }: Options): void {
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
      // Only a conversation without messages.
      const isNew = temporary !== null && session.snapshot().messages.length === 0
      const here = { id, temporary, draft, settings, isNew }
      left = here
      // Only a page that mounts immediately takes over.
      setTimeout(() => {
        if (left === here && !isNew) left = null
      })
    }
  }, [id, temporary, session, draft, settings])
}
