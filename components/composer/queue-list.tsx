"use client"

import { ArrowUp, Clock, FileText, ImageIcon, Pencil, X } from "lucide-react"
import { useTranslations } from "next-intl"
import type { QueuedTurn } from "@/components/session/queue"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"

interface Props {
  turns: QueuedTurn[]
  /** An answer is being written: the first of them goes when it ends. */
  busy: boolean
  /** One of the answers above has to be kept first. */
  comparing: boolean
  onSendNow: (id: string) => void
  onEdit: (id: string) => void
  onRemove: (id: string) => void
}

/** Messages that wait for the end of the answer. */
export default function QueueList({ turns, busy, comparing, onSendNow, onEdit, onRemove }: Props) {
  const t = useTranslations("composer")
  const tf = useTranslations("files")
  return (
    <section
      aria-label={t("waitingMessages")}
      className="mb-2 overflow-hidden rounded-lg border bg-surface text-[0.875rem]"
    >
      <p className="flex items-center gap-2 px-3.5 pt-2 text-[0.78125rem] text-muted-foreground">
        <Clock className="size-3.5" aria-hidden />
        {t(comparing ? "goesKept" : busy ? "goesLater" : "waits")}
      </p>
      <ul className="max-h-[30dvh] overflow-y-auto pb-1">
        {turns.map(({ id, text, images, documents, files }) => (
          <li key={id} className="flex items-center gap-1 pe-1.5 ps-3.5">
            {images.length > 0 && (
              <span className="me-1 flex shrink-0 items-center gap-1 text-muted-foreground tabular-nums">
                <ImageIcon className="size-3.5" role="img" aria-label={t("waitingImages")} /> {images.length}
              </span>
            )}
            {documents.length + files.length > 0 && (
              <span className="me-1 flex shrink-0 items-center gap-1 text-muted-foreground tabular-nums">
                <FileText className="size-3.5" role="img" aria-label={tf("waiting")} />{" "}
                {documents.length + files.length}
              </span>
            )}
            <span className="min-w-0 flex-1 truncate" data-tip={text} data-tip-cut="">
              {text || [...documents, ...files].map(({ name }) => name).join(", ")}
            </span>
            <IconButton label={t("editWaiting")} onClick={() => onEdit(id)}>
              <Pencil className="size-3.5" />
            </IconButton>
            <IconButton label={t("removeWaiting")} onClick={() => onRemove(id)}>
              <X className="size-4" />
            </IconButton>
            <Button size="sm" variant="ghost" className="text-foreground" onClick={() => onSendNow(id)}>
              <ArrowUp className="size-3.5" /> {t("sendNow")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
