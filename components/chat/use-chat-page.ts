"use client"

import { useRouter } from "next/navigation"
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react"
import { api } from "@/components/api"
import { pageStorage } from "@/components/chat/page-storage"
import { preferModel, preferredModel } from "@/components/chat/preferred-model"
import type { SessionOptions } from "@/components/chat/session-state"
import { type Conversation, useConversation } from "@/components/chat/use-conversation"
import { createDraftStore, type DraftStore } from "@/components/composer/draft"
import { useConversationEvents, useConversationStore, useListed } from "@/components/sidebar/store"
import type { ConversationEvent, ConversationView, ModelsResponse } from "@/lib/chat/types"

/** Conversations that changed in this tab: a page that the router kept of them is out of date. */
const changedHere = new Set<string>()

export interface ChatPage {
  conversation: Conversation
  draft: DraftStore
  model: string
  chooseModel: (id: string) => void
  /** The conversation is being read again; what is shown is not all. */
  restoring: boolean
}

/** Connects a conversation with what lies around it: address, list of conversations, draft, chosen model. */
export function useChatPage(
  id: string,
  view: ConversationView | null,
  models: ModelsResponse,
  { temporary, folderId }: { temporary: boolean; folderId: string | null },
): ChatPage {
  const list = useConversationStore()
  const [draft] = useState(() => createDraftStore(view ? id : "new"))
  const { model, chosen, chooseModel } = useModel(view, models)
  const mounted = useRef(false)
  const begun = useRef(false)
  const [storage] = useState(() => {
    const ofPage = pageStorage()
    return () => (temporary ? ofPage : window.localStorage)
  })

  const conversation = useConversation(
    (): SessionOptions => ({
      id,
      view,
      draft,
      storage,
      turn: () => ({
        model: chosen.current,
        output: draft.get().output ?? undefined,
        temporary: temporary || undefined,
        folderId: folderId ?? undefined,
      }),
      onAccepted: () => {
        begun.current = true
        if (temporary) return draft.accepted()
        changedHere.add(id)
        draft.accepted()
        draft.moveTo(id)
        // Not a navigation: the page stays as it is, a reload finds the conversation.
        if (mounted.current && window.location.pathname === "/") window.history.replaceState(null, "", `/c/${id}`)
        if (list.find(id)) list.upsert({ id, running: true, updatedAt: new Date().toISOString() })
        else void list.latest()
      },
      onTitle: (title) => list.upsert({ id, title }),
      onEnded: () => list.patch(id, { running: false }),
    }),
  )

  useEffect(() => {
    mounted.current = true
    draft.load(storage())
    const flush = () => draft.flush()
    window.addEventListener("pagehide", flush)
    return () => {
      mounted.current = false
      window.removeEventListener("pagehide", flush)
      flush()
    }
  }, [draft, storage])

  useOtherTabs(id, conversation)
  useLeaveNothing(temporary ? id : null, begun)
  useSeen(id, view?.conversation.unseen ?? false)

  return { conversation, draft, model, chooseModel, restoring: useRestore(id, view, conversation, draft) }
}

/** Ends and removes a temporary conversation (null: it is none) when its page is left. */
function useLeaveNothing(id: string | null, begun: RefObject<boolean>): void {
  useEffect(() => {
    if (!id) return
    const remove = () =>
      void fetch(`/api/conversations/${id}`, { method: "DELETE", keepalive: true }).catch(() => undefined)
    const leave = () => begun.current && remove()
    // A page that the browser keeps for Back would come back without its conversation.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && window.location.reload()
    window.addEventListener("pagehide", leave)
    window.addEventListener("pageshow", comeBack)
    return () => {
      window.removeEventListener("pagehide", leave)
      window.removeEventListener("pageshow", comeBack)
      leave()
    }
  }, [id, begun])
}

/** Shows what happens to this conversation in other tabs. */
function useOtherTabs(id: string, { session }: Conversation): void {
  const router = useRouter()
  const hearing = useMemo(
    () => ({
      onEvent: ({ id: about, conversation, answer }: ConversationEvent) => {
        if (about !== id) return
        if (answer) session.heard(answer)
        if (!conversation && window.location.pathname === `/c/${id}`) router.push("/")
      },
      onMissed: session.catchUp,
    }),
    [id, session, router],
  )
  useConversationEvents(hearing)
}

/** Tells the server that what ended here was seen, as soon as somebody looks. */
function useSeen(id: string, atFirst: boolean): void {
  const list = useConversationStore()
  const listed = useListed(id)
  // It may stand where the list has not been read.
  const unseen = listed ? listed.unseen : atFirst
  useEffect(() => {
    if (!unseen) return
    const tell = () => {
      if (document.visibilityState !== "visible") return
      const seen = () => api(`/api/conversations/${id}`, { method: "PATCH", body: { unseen: false } })
      // What fails is told again when the list says again that it was not seen.
      list.attempt([id], { unseen: false }, seen).catch(() => undefined)
    }
    tell()
    document.addEventListener("visibilitychange", tell)
    return () => document.removeEventListener("visibilitychange", tell)
  }, [id, unseen, list])
}

/** The conversation's own model, else the one chosen last, else the default. */
function useModel(view: ConversationView | null, models: ModelsResponse) {
  const own = view?.conversation.model
  const [model, setModel] = useState(own ?? models.default)
  const chosen = useRef(model)
  const set = useCallback((next: string) => {
    chosen.current = next
    setModel(next)
  }, [])
  useEffect(() => {
    const preferred = own ? null : preferredModel()
    if (preferred && models.models.some(({ id, retired }) => id === preferred && !retired)) set(preferred)
  }, [own, models, set])
  const chooseModel = useCallback(
    (next: string) => {
      set(next)
      preferModel(next)
    },
    [set],
  )
  return { model, chosen, chooseModel }
}

/** Reads the conversation anew when the router brings back a page from before it changed (Back, Forward). */
function useRestore(id: string, view: ConversationView | null, conversation: Conversation, draft: DraftStore): boolean {
  const [restoring, setRestoring] = useState(false)
  const { session } = conversation
  useLayoutEffect(() => {
    const begunHere = !view && window.location.pathname === `/c/${id}`
    if (!begunHere && !(view && changedHere.has(id))) return
    if (begunHere) draft.moveTo(id)
    setRestoring(true)
    void session.reload().finally(() => setRestoring(false))
  }, [id, view, session, draft])
  return restoring
}
