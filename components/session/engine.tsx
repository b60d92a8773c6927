"use client"

import { Chat, useChat } from "@ai-sdk/react"
import type { ChatStatus } from "ai"
import { useLayoutEffect } from "react"
import { v7 as uuidv7 } from "uuid"
import { createTransport, type TransportOptions } from "@/components/stream/transport"
import type { ChatMessage } from "@/lib/messages/types"

/** Milliseconds between two drawings of a growing answer. */
const DRAW_EVERY_MS = 50

interface EngineOptions extends TransportOptions {
  id: string
  messages: ChatMessage[]
  onTitle: (title: string) => void
  onError: (error: Error) => void
  onFinish: () => void
}

/** The AI SDK's chat over our transport. Fetched when it is first needed: the empty page does without. */
export function createEngine({ id, messages, onTitle, onError, onFinish, ...options }: EngineOptions) {
  return new Chat<ChatMessage>({
    id,
    messages,
    generateId: uuidv7,
    transport: createTransport(options),
    onData: (part) => {
      if (part.type === "data-title" && part.data.conversationId === id) onTitle(part.data.title)
    },
    onError,
    onFinish,
  })
}

interface LiveProps {
  chat: Chat<ChatMessage>
  onChange: (messages: ChatMessage[], status: ChatStatus) => void
}

/** Tells what the chat holds now, at most every 50 ms. Shows nothing itself. */
export function LiveChat({ chat, onChange }: LiveProps) {
  const { messages, status } = useChat<ChatMessage>({ chat, throttle: DRAW_EVERY_MS })
  useLayoutEffect(() => onChange(messages, status), [messages, status, onChange])
  return null
}
