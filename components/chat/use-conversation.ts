"use client"

import { useChat } from "@ai-sdk/react"
import { useEffect, useState, useSyncExternalStore } from "react"
import { ConversationSession, type SessionOptions, type SessionState } from "@/components/chat/session"
import { isStreaming } from "@/components/message/content"
import type { ChatMessage } from "@/lib/chat/types"

/** Milliseconds between two drawings of a growing answer. */
const DRAW_EVERY_MS = 50

export interface Conversation extends SessionState {
  session: ConversationSession
  messages: ChatMessage[]
  /** An answer is being asked for or written. */
  busy: boolean
}

/** The session of this page, made once, and what of it is shown. */
export function useConversation(options: () => SessionOptions): Conversation {
  const [session] = useState(() => new ConversationSession(options()))
  const resume = session.resumed !== undefined
  const { messages, status } = useChat<ChatMessage>({ chat: session.chat, throttle: DRAW_EVERY_MS, resume })
  const state = useSyncExternalStore(session.subscribe, session.snapshot, session.snapshot)
  useEffect(() => session.leave, [session])
  const asked = status === "submitted" || status === "streaming"
  const unresumed = status === "ready" && isStreaming(messages.at(-1)?.metadata)
  return { ...state, session, messages, busy: asked || unresumed }
}
