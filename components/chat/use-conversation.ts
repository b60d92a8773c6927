"use client"

import { useEffect, useState } from "react"
import { useStore } from "@/components/base/store"
import type { SessionOptions } from "@/components/session/options"
import { ConversationSession } from "@/components/session/session"
import { awaitedAnswer, isBusy, type SessionState, steeredAnswer } from "@/components/session/state"

export interface Conversation extends SessionState {
  session: ConversationSession
  /** An answer is being asked for or written. */
  busy: boolean
  /** Id of the one answer that was asked for. */
  awaited: string | null
  /** Id of the answer whose model can be given a message before its next step. */
  steered: string | null
}

/** The session of this page, made once, and what of it is shown. */
export function useConversation(options: () => SessionOptions): Conversation {
  const [session] = useState(() => new ConversationSession(options()))
  const state = useStore(session.shown)
  useEffect(() => session.enter(), [session])
  return { ...state, session, busy: isBusy(state), awaited: awaitedAnswer(state), steered: steeredAnswer(state) }
}
