"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { useConversationStore, useOutlineStore } from "@/components/conversations/store"
import { conversationActions, folderActions, type ListActions } from "@/components/sidebar/list-actions"

/** Everything that can be done to the list. Stable. */
export function useListActions(): ListActions {
  const t = useTranslations("sidebar")
  const store = useConversationStore()
  const outline = useOutlineStore()
  const router = useRouter()
  return useMemo(() => {
    const context = { t, store, outline, go: (path: string) => router.push(path) }
    return { ...conversationActions(context), ...folderActions(context) }
  }, [t, store, outline, router])
}
