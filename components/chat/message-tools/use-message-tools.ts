"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useMemo, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { forkConversation } from "@/components/base/conversation-api"
import { goOn } from "@/components/base/focus"
import { TryAgain } from "@/components/chat/message-tools/try-again"
import type { MessageTools } from "@/components/message/parts/message-context"
import { complain } from "@/components/session/complain"
import type { ConversationSession } from "@/components/session/session"
import { toast } from "@/components/ui/toast"
import type { ChatMessage } from "@/lib/messages/types"

/** The dialog a message has opened. */
export type Asking =
  | { kind: "share"; messageId: string }
  | { kind: "code"; messageId: string }
  | { kind: "recording"; messageId: string }
  | { kind: "case"; messageId: string }
  | { kind: "model"; message: ChatMessage }

const UNDO_MS = 10_000

interface Options {
  id: string
  temporary: boolean
  session: ConversationSession
}

/** Message actions of the page: delete, branch, share, and opening dialogs. */
export function useMessageTools({ id, temporary, session }: Options) {
  const t = useTranslations("message")
  const router = useRouter()
  const [asking, setAsking] = useState<Asking | null>(null)
  const tools = useMemo((): MessageTools => {
    const remove = async (messageId: string) => {
      const undo = await session.remove(messageId)
      // The focused element was removed with its message.
      if (document.activeElement === document.body) goOn()
      const action = { label: t("undo"), onClick: () => void undo().catch(complain) }
      toast(t("deleted"), { action, duration: UNDO_MS })
    }
    /** A retry after a failure reuses the same id. */
    const branches = new Map<string, string>()
    const branch = async (message: string) => {
      const made = branches.get(message) ?? uuidv7()
      branches.set(message, made)
      await forkConversation({ id: made, from: id, message })
      branches.delete(message)
      router.push(`/c/${made}`)
    }
    return {
      TryAgain,
      getCode: (messageId) => setAsking({ kind: "code", messageId }),
      saveRecording: (messageId) => setAsking({ kind: "recording", messageId }),
      saveCase: (messageId) => {
        const { messages, earlier } = session.snapshot()
        // The question may not be loaded.
        const ready = messages[0]?.id === messageId && earlier > 0 ? session.loadEarlier() : Promise.resolve()
        void ready.then(() => setAsking({ kind: "case", messageId }))
      },
      tryOther: (message) => setAsking({ kind: "model", message }),
      remove: (messageId) => void remove(messageId).catch(complain),
      branch: temporary ? null : (messageId) => void branch(messageId).catch(complain),
      share: temporary ? null : (messageId) => setAsking({ kind: "share", messageId }),
    }
  }, [id, temporary, session, router, t])
  return { tools, asking, answered: () => setAsking(null) }
}
