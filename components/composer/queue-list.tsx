"use client"

import { ArrowUp, Clock, ImageIcon, Pencil, X } from "lucide-react"
import type { QueuedTurn } from "@/components/chat/queue"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"

interface Props {
  turns: QueuedTurn[]
  /** An answer is being written: the first of them goes when it ends. */
  busy: boolean
  onSendNow: (id: string) => void
  onEdit: (id: string) => void
  onRemove: (id: string) => void
}

/** Messages that wait for the end of the answer. */
export function QueueList({ turns, busy, onSendNow, onEdit, onRemove }: Props) {
  if (turns.length === 0) return null
  return (
    <section aria-label="Waiting messages" className="mb-2 overflow-hidden rounded-xl border bg-surface text-[14px]">
      <p className="flex items-center gap-2 px-3.5 pt-2 text-[12.5px] text-muted-foreground">
        <Clock className="size-3.5" aria-hidden />
        {busy ? "Goes when the answer has ended" : "Waiting to be sent"}
      </p>
      <ul className="max-h-[30dvh] overflow-y-auto pb-1">
        {turns.map(({ id, text, images }) => (
          <li key={id} className="flex items-center gap-1 pr-1.5 pl-3.5">
            {images.length > 0 && (
              <span className="mr-1 flex shrink-0 items-center gap-1 text-muted-foreground tabular-nums">
                <ImageIcon className="size-3.5" role="img" aria-label="images:" /> {images.length}
              </span>
            )}
            <span className="min-w-0 flex-1 truncate" title={text}>
              {text}
            </span>
            <IconButton label="Edit waiting message" onClick={() => onEdit(id)}>
              <Pencil className="size-3.5" />
            </IconButton>
            <IconButton label="Remove waiting message" onClick={() => onRemove(id)}>
              <X className="size-4" />
            </IconButton>
            <Button size="sm" variant="ghost" className="text-foreground" onClick={() => onSendNow(id)}>
              <ArrowUp className="size-3.5" /> Send now
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
