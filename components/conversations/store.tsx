"use client"

import { createContext, type ReactNode, useContext, useEffect, useState } from "react"
import { api, isFinal } from "@/components/base/api"
import { useStore, useStoreSelector } from "@/components/base/store"
import { ConversationStore, type ReadPage } from "@/components/conversations/conversation-store"
import { subscribeToLiveEvents } from "@/components/conversations/live-events"
import { affectsOutline, OutlineStore } from "@/components/conversations/outline-store"
import type { ConversationEvent, ConversationSummary } from "@/lib/chat/conversation.types"
import type { FirstList, ListOutline, ListPage } from "@/lib/chat/list/sections"
import type { EvalNews } from "@/lib/evals/contract/eval"
import type { GridNews } from "@/lib/grids/contract/grid"

// Our own server's responses have the types in lib/chat, so a shallow check is enough.
const has = <Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> =>
  typeof value === "object" && value !== null && key in value
const isPage = (value: unknown): value is ListPage => has(value, "conversations") && Array.isArray(value.conversations)
const isOutline = (value: unknown): value is ListOutline => has(value, "folders") && Array.isArray(value.folders)

const PAGE = "100"

const readPage: ReadPage = async (section, cursor) => {
  const query = new URLSearchParams({ in: section, limit: PAGE, ...(cursor ? { cursor } : {}) })
  const answer = await api(`/api/conversations?${query}`).catch((error: unknown) => {
    if (isFinal(error)) return null
    throw error
  })
  return isPage(answer) ? answer : null
}

async function readOutline(): Promise<ListOutline | null> {
  const answer = await api("/api/folders").catch(() => null)
  return isOutline(answer) ? answer : null
}

interface Live {
  store: ConversationStore
  outline: OutlineStore
  hearings: Set<Hearing>
  /** Called when the available models may have changed. */
  modelHearings: Set<() => void>
  gridHearings: Set<GridHearing>
  evalHearings: Set<EvalHearing>
}

/** Callbacks for events of a page's own conversation. */
interface Hearing {
  onEvent: (event: ConversationEvent) => void
  /** Events may have been missed. */
  onMissed: () => void
}

const LiveContext = createContext<Live | null>(null)

function hearAll({ store, outline, hearings }: Live, events: ConversationEvent[]): void {
  if (events.some(({ id, conversation }) => affectsOutline(store.find(id), conversation))) void outline.refresh()
  store.hear(events)
  for (const event of events) for (const hearing of hearings) hearing.onEvent(event)
}

/**
 * Provides one list for the pages inside, kept in sync by server events and reloaded when the connection is restored.
 */
export function ConversationsProvider({ initial, children }: { initial: FirstList; children: ReactNode }) {
  const [live] = useState<Live>(() => ({
    store: new ConversationStore(initial.pages, readPage),
    outline: new OutlineStore(initial.outline, readOutline),
    hearings: new Set(),
    modelHearings: new Set(),
    gridHearings: new Set(),
    evalHearings: new Set(),
  }))
  useEffect(() => {
    let first = true
    return subscribeToLiveEvents({
      onEvent: (event) => {
        if ("outline" in event) {
          void live.outline.refresh()
          // Deleting a folder released the conversations in it.
          void live.store.refresh()
        } else if ("models" in event) for (const hear of live.modelHearings) hear()
        else if ("grid" in event) for (const hearing of live.gridHearings) hearing.onNews(event.grid)
        else if ("eval" in event) for (const hearing of live.evalHearings) hearing.onNews(event.eval)
        else hearAll(live, "changes" in event ? event.changes : [event])
      },
      onOpen: () => {
        void live.store.refresh()
        void live.outline.refresh()
        // On the first connection the page has just come from the server.
        if (!first) {
          for (const hearing of live.hearings) hearing.onMissed()
          for (const hear of live.modelHearings) hear()
          for (const hearing of live.gridHearings) hearing.onMissed()
          for (const hearing of live.evalHearings) hearing.onMissed()
        }
        first = false
      },
      isOver: () => api("/api/folders").then(() => false, isFinal),
    })
  }, [live])
  return <LiveContext value={live}>{children}</LiveContext>
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error("the list of conversations is used outside its provider")
  return live
}

/** The store itself, for updating it. */
export const useConversationStore = (): ConversationStore => useLive().store

export const useOutlineStore = (): OutlineStore => useLive().outline

/** Subscribes to changes to conversations made elsewhere. The handlers must be stable. */
export function useConversationEvents(hearing: Hearing): void {
  const { hearings } = useLive()
  useEffect(() => {
    hearings.add(hearing)
    return () => void hearings.delete(hearing)
  }, [hearings, hearing])
}

/**
 * Calls `hear` when the available models may have changed: a key was added, replaced or removed, or events were missed.
 * `hear` must be stable.
 */
export function useModelNews(hear: () => void): void {
  const { modelHearings } = useLive()
  useEffect(() => {
    modelHearings.add(hear)
    return () => void modelHearings.delete(hear)
  }, [modelHearings, hear])
}

/** Callbacks for events of grids. */
interface GridHearing {
  onNews: (news: GridNews) => void
  /** Events may have been missed. */
  onMissed: () => void
}

/** Subscribes to changes to grids. The handlers must be stable. */
export function useGridNews(hearing: GridHearing): void {
  const { gridHearings } = useLive()
  useEffect(() => {
    gridHearings.add(hearing)
    return () => void gridHearings.delete(hearing)
  }, [gridHearings, hearing])
}

/** Callbacks for events of evals. */
interface EvalHearing {
  onNews: (news: EvalNews) => void
  /** Events may have been missed. */
  onMissed: () => void
}

/** Subscribes to changes to evals. The handlers must be stable. */
export function useEvalNews(hearing: EvalHearing): void {
  const { evalHearings } = useLive()
  useEffect(() => {
    evalHearings.add(hearing)
    return () => void evalHearings.delete(hearing)
  }, [evalHearings, hearing])
}

/** All loaded conversations, newest first. */
export function useConversations(): ConversationSummary[] {
  const store = useConversationStore()
  return useStore(store)
}

/** A single conversation, if loaded. Rerenders only when it changes. */
export function useListedConversation(id: string): ConversationSummary | undefined {
  const store = useConversationStore()
  return useStoreSelector(store, () => store.find(id))
}

export function useOutline(): ListOutline {
  const outline = useOutlineStore()
  return useStore(outline)
}
