"use client"

import { useEffect, useState } from "react"
import { useStore } from "@/components/base/store"
import type { SessionOptions } from "@/components/session/options"
import { ConversationSession } from "@/components/session/session"
import { awaitedAnswer, isBusy, type SessionState, steeredAnswer } from "@/components/session/state"

export interface Conversation extends SessionState {
  session: ConversationSession
  /** An answer is being requested or written. */
  busy: boolean
  /** Id of the single requested answer. */
  awaited: string | null
  /** Id of the answer whose model can receive a message before its next step. */
  steered: string | null
}

/** This page's session, created once, and its visible state. */
export function useConversation(options: () => SessionOptions): Conversation {
  const [session] = useState(() => new ConversationSession(options()))
  const state = useStore(session.shown)
  useEffect(() => session.enter(), [session])
  return { ...state, session, busy: isBusy(state), awaited: awaitedAnswer(state), steered: steeredAnswer(state) }
}
