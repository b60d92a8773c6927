"use client"

/** Syncs an open conversation page with other tabs, the conversation list, and the router that restores it. */
import { useRouter } from "next/navigation"
import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from "react"
import { api } from "@/components/base/api"
import { repeat } from "@/components/base/retry-wait"
import { browserStorage } from "@/components/base/storage"
import { holdTemporary } from "@/components/chat/hold-temporary"
import type { SettingsStore } from "@/components/chat/settings-store"
import type { Conversation } from "@/components/chat/use-conversation"
import { removeSentTexts } from "@/components/composer/sent-texts"
import { useConversationEvents, useConversationStore, useListedConversation } from "@/components/conversations/store"
import type { DraftStore } from "@/components/draft/draft"
import { removeEdits } from "@/components/message/saved-edits"
import type { ConversationEvent, ConversationView } from "@/lib/chat/conversation.types"

/** Views this tab has already shown: the router may restore an outdated one. */
const shown = new WeakSet<ConversationView>()

/** Ends and deletes a temporary conversation (null: not temporary) when its page is left. */
export function useTemporaryCleanup(id: string | null, begun: RefObject<boolean>): void {
  useEffect(() => {
    if (!id) return
    const remove = () =>
      void fetch(`/api/conversations/${id}`, { method: "DELETE", keepalive: true }).catch(() => undefined)
    const leave = () => begun.current && remove()
    // A page restored from the back/forward cache would lack its conversation.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && window.location.reload()
    const stopHolding = holdTemporary(id, () => begun.current)
    window.addEventListener("pagehide", leave)
    window.addEventListener("pageshow", comeBack)
    return () => {
      stopHolding()
      window.removeEventListener("pagehide", leave)
      window.removeEventListener("pageshow", comeBack)
      leave()
    }
  }, [id, begun])
}

/** Applies changes made to this conversation in other tabs. */
export function useCrossTabSync(id: string, { session }: Conversation, store: SettingsStore): void {
  const router = useRouter()
  const hearing = useMemo(
    () => ({
      onEvent: ({ id: about, conversation, answer, settings, kept, changed, compared, message }: ConversationEvent) => {
        if (!conversation) {
          removeSentTexts(browserStorage, about)
          removeEdits(about)
        }
        if (about !== id) return
        if (settings) store.hear(settings)
        if (kept) session.heardKept(kept)
        if (compared) void session.reload()
        if (changed) session.heardChanged()
        if (answer) session.heard(answer)
        if (message) session.heardDeleted(message)
        if (!conversation && window.location.pathname === `/c/${id}`) router.push(`/${window.location.hash}`)
      },
      onMissed: session.catchUp,
    }),
    [id, session, router, store],
  )
  useConversationEvents(hearing)
}

/** Tells the server that an answer was seen once the page is visible. */
export function useMarkSeen(id: string, atFirst: boolean): void {
  const list = useConversationStore()
  const listed = useListedConversation(id)
  // The conversation may not be in the loaded part of the list.
  const unseen = listed ? listed.unseen : atFirst
  useEffect(() => {
    if (!unseen) return
    const left = new AbortController()
    const tell = async () => {
      await looked(left.signal)
      const seen = () => api(`/api/conversations/${id}`, { method: "PATCH", body: { unseen: false } })
      await repeat(seen, { signal: left.signal })
      list.patch(id, { unseen: false })
    }
    tell().catch(() => undefined)
    return () => left.abort()
  }, [id, unseen, list])
}

/** Resolves once the page is visible; never if `signal` aborts first. */
const looked = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const look = () => document.visibilityState === "visible" && resolve()
    document.addEventListener("visibilitychange", look, { signal })
    look()
  })

/** Reloads the conversation when the router restores a page (Back, Forward): it may have changed, here or elsewhere. */
export function useRestore(
  id: string,
  view: ConversationView | null,
  conversation: Conversation,
  draft: DraftStore,
): boolean {
  const [restoring, setRestoring] = useState(false)
  const { session } = conversation
  useLayoutEffect(() => {
    const begunHere = !view && window.location.pathname === `/c/${id}`
    const isBack = view !== null && shown.has(view)
    if (view) shown.add(view)
    if (!begunHere && !isBack) return
    if (begunHere) draft.moveTo(id)
    setRestoring(true)
    void session.reload().finally(() => setRestoring(false))
  }, [id, view, session, draft])
  return restoring
}
