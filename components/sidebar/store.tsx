"use client"

/** The list of conversations in this tab: what the server sent, kept current by what happens here. */
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react"
import { api } from "@/components/api"
import type { ConversationSummary } from "@/lib/chat/types"

type Listener = () => void

export class ConversationStore {
  private listeners = new Set<Listener>()

  constructor(private conversations: ConversationSummary[]) {}

  subscribe = (listener: Listener) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  snapshot = (): ConversationSummary[] => this.conversations

  private set(conversations: ConversationSummary[]): void {
    this.conversations = conversations
    for (const listener of this.listeners) listener()
  }

  /** Adds a conversation or merges what is known of it now. */
  upsert(change: Partial<ConversationSummary> & { id: string }): void {
    const now = new Date().toISOString()
    const known = this.conversations.find(({ id }) => id === change.id)
    const merged = {
      title: "New conversation",
      model: null,
      createdAt: now,
      updatedAt: now,
      running: false,
      ...known,
      ...change,
    }
    this.set([merged, ...this.conversations.filter(({ id }) => id !== change.id)])
  }

  /** Changes a conversation where it stands; nothing when it is not in the list. */
  patch(id: string, change: Partial<ConversationSummary>): void {
    this.set(
      this.conversations.map((conversation) =>
        conversation.id === id ? { ...conversation, ...change } : conversation,
      ),
    )
  }

  remove(id: string): void {
    this.set(this.conversations.filter((conversation) => conversation.id !== id))
  }

  /** Reads the list anew. A failure leaves what is shown. */
  async refresh(): Promise<void> {
    const answer = await api("/api/conversations").catch(() => null)
    if (isList(answer)) this.set(answer.conversations)
  }
}

const isList = (value: unknown): value is { conversations: ConversationSummary[] } =>
  typeof value === "object" && value !== null && "conversations" in value && Array.isArray(value.conversations)

const StoreContext = createContext<ConversationStore | null>(null)

export function ConversationsProvider({ initial, children }: { initial: ConversationSummary[]; children: ReactNode }) {
  const [store] = useState(() => new ConversationStore(initial))
  useEffect(() => {
    const refresh = () => document.visibilityState === "visible" && void store.refresh()
    document.addEventListener("visibilitychange", refresh)
    window.addEventListener("online", refresh)
    return () => {
      document.removeEventListener("visibilitychange", refresh)
      window.removeEventListener("online", refresh)
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
