"use client"

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react"
import { api } from "@/components/api"
import { ConversationStore } from "@/components/sidebar/conversation-store"
import type { ConversationSummary } from "@/lib/chat/types"

const isList = (value: unknown): value is { conversations: ConversationSummary[] } =>
  typeof value === "object" && value !== null && "conversations" in value && Array.isArray(value.conversations)

async function readList(): Promise<ConversationSummary[] | null> {
  const answer = await api("/api/conversations").catch(() => null)
  return isList(answer) ? answer.conversations : null
}

const StoreContext = createContext<ConversationStore | null>(null)

/** Keeps one list for the pages inside; reads it anew when the person comes back to this window. */
export function ConversationsProvider({ initial, children }: { initial: ConversationSummary[]; children: ReactNode }) {
  const [store] = useState(() => new ConversationStore(initial, readList))
  useEffect(() => {
    const refresh = () => document.visibilityState === "visible" && void store.refresh()
    const returns = [
      [document, "visibilitychange"],
      [window, "focus"],
      [window, "online"],
    ] as const
    for (const [target, event] of returns) target.addEventListener(event, refresh)
    return () => {
      for (const [target, event] of returns) target.removeEventListener(event, refresh)
    }
  }, [store])
  return <StoreContext value={store}>{children}</StoreContext>
}

/** The store itself, to tell it what happened. */
export function useConversationStore(): ConversationStore {
  const store = useContext(StoreContext)
  if (!store) throw new Error("useConversationStore stands outside its provider")
  return store
}

export function useConversations(): ConversationSummary[] {
  const store = useConversationStore()
  return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot)
}
