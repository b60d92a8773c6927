"use client"

import { CircleAlert, RotateCcw } from "lucide-react"
import { hasBegun } from "@/components/message/content"
import { useMessageContext } from "@/components/message/message-context"
import { Button } from "@/components/ui/button"
import type { ChatMessage } from "@/lib/chat/types"

/** How an answer ended when it did not end well, and what can be done. */
export function MessageNotice({ message, readOnly }: { message: ChatMessage; readOnly: boolean }) {
  const { status, error, finishReason } = message.metadata ?? {}
  if (status === "failed")
    return <Failure id={message.id} readOnly={readOnly} sentence={error?.message ?? "The answer failed."} />
  if (status === "interrupted")
    return (
      <Failure
        id={message.id}
        readOnly={readOnly}
        sentence={
          error?.message ??
          (hasBegun(message)
            ? "The server was interrupted here. What came before is kept."
            : "The server was interrupted before the answer began.")
        }
      />
    )
  if (status === "stopped") {
    const stopped = readOnly ? "This answer was stopped" : "You stopped this answer"
    return <Aside>{hasBegun(message) ? `${stopped}.` : `${stopped} before it began.`}</Aside>
  }
  if (status === "complete" && finishReason === "length")
    return <Aside>The answer reached its limit of length. Ask to go on.</Aside>
  return null
}

function Aside({ children }: { children: string }) {
  return <p className="text-[13.5px] text-muted-foreground">{children}</p>
}

function Failure({ id, sentence, readOnly }: { id: string; sentence: string; readOnly: boolean }) {
  const { handlers, busy } = useMessageContext()
  return (
    <div
      role={readOnly ? "note" : "alert"}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg bg-danger-soft py-2.5 pr-2.5 pl-3.5 text-[14px]"
    >
      <p className="flex min-w-0 flex-1 basis-60 gap-2.5">
        <CircleAlert className="mt-1 size-4 shrink-0 text-danger" aria-hidden />
        <span className="wrap-anywhere">{sentence}</span>
      </p>
      {handlers && !readOnly && (
        <Button size="sm" disabled={busy} onClick={() => handlers.regenerate(id)}>
          <RotateCcw className="size-3.5" /> Retry
        </Button>
      )}
    </div>
  )
}
