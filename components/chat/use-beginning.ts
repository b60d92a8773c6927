"use client"

import { useEffect, useRef } from "react"
import { serverClock } from "@/components/base/server-clock"
import type { SettingsStore } from "@/components/chat/settings-store"
import { begins } from "@/components/chat/which-conversation"
import { useConversationStore } from "@/components/conversations/store"
import type { DraftStore } from "@/components/draft/draft"

interface Options {
  id: string
  temporary: boolean
  draft: DraftStore
  settings: SettingsStore
}

/**
 * Handles the server accepting a message: clears the draft, commits the settings, and updates the list and the URL.
 * `begun` is whether any was accepted; for a temporary conversation, whether leaving the page deletes it.
 */
export function useConversationStart({ id, temporary, draft, settings }: Options) {
  const list = useConversationStore()
  const mounted = useRef(false)
  const begun = useRef(false)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  const accepted = () => {
    begun.current = true
    begins(id)
    settings.accepted()
    draft.accepted()
    if (temporary) return
    draft.moveTo(id)
    // Not a navigation: the page stays as is, and a reload finds the conversation.
    if (mounted.current && window.location.pathname === "/") window.history.replaceState(null, "", `/c/${id}`)
    if (list.find(id)) list.upsert({ id, running: true, updatedAt: new Date(serverClock.now()).toISOString() })
    else void list.latest()
  }
  return { accepted, begun }
}
