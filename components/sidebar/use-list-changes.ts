"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { useConversationStore, useOutlineStore } from "@/components/conversations/store"
import { ConversationChanges } from "@/components/sidebar/conversation-changes"
import { folderChanges } from "@/components/sidebar/folder-changes"

export type ListChanges = ReturnType<typeof useListChanges>

/** All changes the list can make on the server. Stable. */
export function useListChanges() {
  const t = useTranslations("sidebar")
  const store = useConversationStore()
  const outline = useOutlineStore()
  const router = useRouter()
  return useMemo(() => {
    const context = { t, store, outline, go: (path: string) => router.push(path) }
    const { pin, archive, remove, move, tag, rename } = new ConversationChanges(context)
    return { ...{ pin, archive, remove, move, tag, rename }, ...folderChanges(context) }
  }, [t, store, outline, router])
}
