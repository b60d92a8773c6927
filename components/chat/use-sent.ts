"use client"

import { useMemo } from "react"
import type { ConversationSession } from "@/components/chat/session"
import { entriesOf } from "@/components/composer/sent-history"
import { rememberSent, sentTexts } from "@/components/composer/sent-texts"
import { textOf } from "@/components/message/content"
import type { PageStorage } from "@/components/storage"

export interface Sent {
  /** A text goes out. */
  remember: (text: string) => void
  /** What was sent before, newest first: in this conversation, then in others of this browser. */
  recall: () => string[]
}

/** What a person sent, for a conversation whose storage is this. */
export function useSent(id: string, storage: () => PageStorage, session: ConversationSession): Sent {
  return useMemo(
    () => ({
      remember: (text) => rememberSent(storage(), { id, text }),
      recall: () => {
        const here = session.snapshot().messages.filter(({ role }) => role === "user")
        return entriesOf(
          here.map(textOf),
          sentTexts(storage()).map(({ text }) => text),
        )
      },
    }),
    [id, storage, session],
  )
}
