"use client"

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react"
import { api } from "@/components/api"
import { ConversationStore } from "@/components/sidebar/conversation-store"
import { hearEvents } from "@/components/sidebar/live-events"
import type { ConversationEvent, ConversationSummary } from "@/lib/chat/types"

const isList = (value: unknown): value is { conversations: ConversationSummary[] } =>
  typeof value === "object" && value !== null && "conversations" in value && Array.isArray(value.conversations)

async function readList(): Promise<ConversationSummary[] | null> {
  const answer = await api("/api/conversations").catch(() => null)
  return isList(answer) ? answer.conversations : null
}

interface Live {
  store: ConversationStore
  hearings: Set<Hearing>
}

/** What a page wants to hear of its own conversation. */
interface Hearing {
  onEvent: (event: ConversationEvent) => void
  /** Something may have happened unheard. */
  onMissed: () => void
}

const LiveContext = createContext<Live | null>(null)

/** Keeps one list for the pages inside, true to the server: by its events, and read anew when they begin again. */
export function ConversationsProvider({ initial, children }: { initial: ConversationSummary[]; children: ReactNode }) {
  const [live] = useState<Live>(() => ({ store: new ConversationStore(initial, readList), hearings: new Set() }))
  useEffect(() => {
    let first = true
    return hearEvents({
      onEvent: (event) => {
        live.store.hear(event.id, event.conversation)
        for (const hearing of live.hearings) hearing.onEvent(event)
      },
      onOpen: () => {
        void live.store.refresh()
        // The page itself has just come from the server.
        if (!first) for (const hearing of live.hearings) hearing.onMissed()
        first = false
      },
    })
  }, [live])
  return <LiveContext value={live}>{children}</LiveContext>
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error("the list of conversations stands outside its provider")
  return live
}

/** The store itself, to tell it what happened. */
export const useConversationStore = (): ConversationStore => useLive().store

/** Hears what happens to conversations elsewhere. The handlers must be stable. */
export function useConversationEvents(hearing: Hearing): void {
  const { hearings } = useLive()
  useEffect(() => {
    hearings.add(hearing)
    return () => void hearings.delete(hearing)
  }, [hearings, hearing])
}

export function useConversations(): ConversationSummary[] {
  const store = useConversationStore()
  return useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot)
}
