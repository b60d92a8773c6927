import type { ReactNode } from "react"
import { AgainProvider, type AgainValue } from "@/components/chat/message-tools/again-context"
import { MessageContext, type MessageContextValue } from "@/components/message/parts/message-context"

interface Props {
  context: MessageContextValue
  again: AgainValue
  children: ReactNode
}

/** Provides the contexts for the messages of a page. */
export function MessageContexts({ context, again, children }: Props) {
  return (
    <MessageContext value={context}>
      <AgainProvider value={again}>{children}</AgainProvider>
    </MessageContext>
  )
}
