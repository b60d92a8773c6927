"use client"

import { useEffect, useState, useSyncExternalStore } from "react"
import { ConversationSession } from "@/components/chat/session"
import type { SessionOptions, SessionState } from "@/components/chat/session-state"
import { isStreaming } from "@/components/message/content"

export interface Conversation extends SessionState {
  session: ConversationSession
  /** An answer is being asked for or written. */
  busy: boolean
}

/** The session of this page, made once, and what of it is shown. */
export function useConversation(options: () => SessionOptions): Conversation {
  const [session] = useState(() => new ConversationSession(options()))
  const state = useSyncExternalStore(session.subscribe, session.snapshot, session.snapshot)
  useEffect(() => session.enter(), [session])
  const asked = state.status === "submitted" || state.status === "streaming"
  const unresumed = state.status === "ready" && isStreaming(state.messages.at(-1)?.metadata)
  return { ...state, session, busy: asked || unresumed }
}
