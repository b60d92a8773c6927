"use client"

import { memo } from "react"
import type { Siblings } from "@/components/chat/branches"
import { AssistantMessage, AwaitedAnswer } from "@/components/message/assistant-message"
import { UserMessage } from "@/components/message/user-message"
import type { ChatMessage } from "@/lib/chat/types"

export interface MessageListProps {
  messages: ChatMessage[]
  /** For each message that has alternatives: the ids of all of them, oldest first. */
  siblings?: Siblings
  /** Id of the answer that was asked for and has not begun. */
  awaited?: string | null
  /** Nothing can be changed: no editing, no asking again. */
  readOnly?: boolean
  /** A message that is being edited again, with the text that the server did not take. */
  reopened?: { messageId: string; text: string } | null
}

/** The messages of a branch, from the first to the last. Also the page of a shared conversation. */
export function MessageList({ messages, siblings = {}, awaited, readOnly = false, reopened }: MessageListProps) {
  const lastId = messages.at(-1)?.id
  const waiting = awaited && !messages.some(({ id }) => id === awaited)
  return (
    <div className="flex flex-col gap-4">
      {messages.map((message) => (
        <MessageItem
          key={message.id}
          message={message}
          siblings={siblings[message.id]}
          last={message.id === lastId && !waiting}
          readOnly={readOnly}
          reopenedText={reopened?.messageId === message.id ? reopened.text : undefined}
        />
      ))}
      {waiting && <AwaitedAnswer key={awaited} id={awaited} />}
    </div>
  )
}

interface ItemProps {
  message: ChatMessage
  siblings: string[] | undefined
  last: boolean
  readOnly: boolean
  reopenedText: string | undefined
}

const MessageItem = memo(function MessageItem({ message, ...rest }: ItemProps) {
  return message.role === "user" ? (
    <UserMessage message={message} {...rest} />
  ) : (
    <AssistantMessage message={message} {...rest} />
  )
})
