import { Check, CircleAlert, Square } from "lucide-react"
import { Spinner } from "@/components/ui/spinner"
import type { MessageStatus } from "@/lib/messages/types"

/** An answer's status; purely visual, so the caller must provide text. */
export function StatusMark({ status }: { status: MessageStatus }) {
  const className = "size-3.5 shrink-0"
  if (status === "streaming") return <Spinner className={className} />
  if (status === "complete") return <Check className={`${className} text-success`} aria-hidden />
  if (status === "stopped") return <Square className={`${className} text-muted-foreground`} aria-hidden />
  return <CircleAlert className={`${className} text-danger`} aria-hidden />
}
