import type { ReactNode } from "react"
import { type RegenerateContextValue, RegenerateProvider } from "@/components/chat/message-tools/again-context"
import { MessageContext, type MessageContextValue } from "@/components/message/parts/message-context"

interface Props {
  context: MessageContextValue
  again: RegenerateContextValue
  children: ReactNode
}

/** Provides the contexts for the messages of a page. */
export function MessageContexts({ context, again, children }: Props) {
  return (
    <MessageContext value={context}>
      <RegenerateProvider value={again}>{children}</RegenerateProvider>
    </MessageContext>
  )
}
