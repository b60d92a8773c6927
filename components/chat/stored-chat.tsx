"use client"

import { Chat, type ChatProps } from "@/components/chat/chat"
import { MessageList } from "@/components/message/message-list"

/** A conversation that has messages from the start. */
export function StoredChat(props: Omit<ChatProps, "List">) {
  return <Chat {...props} List={MessageList} />
}
