"use client"

import { useMemo } from "react"
import { textOf } from "@/components/base/message-content"
import type { PageStorage } from "@/components/base/storage"
import { entriesOf } from "@/components/composer/sent-history"
import { saveSentText, sentTexts } from "@/components/composer/sent-texts"
import type { ConversationSession } from "@/components/session/session"

export interface Sent {
  /** Called when a text is sent. */
  remember: (text: string) => void
  /** Previous messages, newest first: in this conversation, then in others of this browser. */
  recall: () => string[]
}

/** The user's sent texts, for a conversation with this storage. */
export function useSent(id: string, storage: () => PageStorage, session: ConversationSession): Sent {
  return useMemo(
    () => ({
      remember: (text) => saveSentText(storage(), { id, text }),
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
