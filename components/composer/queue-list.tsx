"use client"

import { ArrowUp, Clock, CornerDownRight, FileText, ImageIcon, Pencil, X } from "lucide-react"
import { useTranslations } from "next-intl"
import type { QueuedTurn } from "@/components/session/queue"
import { waitsFor } from "@/components/session/state"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"

interface Props {
  turns: QueuedTurn[]
  /** An answer is being written; the first queued message is sent when it ends. */
  busy: boolean
  /** One of the compared answers must be kept first. */
  comparing: boolean
  /** The answer calls tools, so its model can receive a message before its next step. */
  steering: boolean
  onSteer: (id: string) => void
  onSendNow: (id: string) => void
  onEdit: (id: string) => void
  onRemove: (id: string) => void
}

/** Messages queued until the answer ends. */
export default function QueueList({ turns, busy, comparing, ...actions }: Props) {
  const t = useTranslations("composer")
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
        {turns.map((turn) => (
          <Row key={turn.id} turn={turn} {...actions} />
        ))}
      </ul>
    </section>
  )
}

interface RowProps extends Pick<Props, "steering" | "onSteer" | "onSendNow" | "onEdit" | "onRemove"> {
  turn: QueuedTurn
}

function Row({ turn, steering, onSteer, onSendNow, onEdit, onRemove }: RowProps) {
  const t = useTranslations("composer")
  const tf = useTranslations("files")
  const { id, text, images, documents, files, steers } = turn
  const reason = steering ? waitsFor(turn) : null
  return (
    <li className="flex flex-wrap items-center gap-1 pe-1.5 ps-3.5">
      {images.length > 0 && (
        <span className="me-1 flex shrink-0 items-center gap-1 text-muted-foreground tabular-nums">
          <ImageIcon className="size-3.5" role="img" aria-label={t("waitingImages")} /> {images.length}
        </span>
      )}
      {documents.length + files.length > 0 && (
        <span className="me-1 flex shrink-0 items-center gap-1 text-muted-foreground tabular-nums">
          <FileText className="size-3.5" role="img" aria-label={tf("waiting")} /> {documents.length + files.length}
        </span>
      )}
      <span className="min-w-0 flex-1 truncate" data-tip={text} data-tip-cut="">
        {text || [...documents, ...files].map(({ name }) => name).join(", ")}
      </span>
      {steers && steering && (
        <span role="status" className="shrink-0 text-[0.78125rem] text-muted-foreground">
          {t("goesAtStep")}
        </span>
      )}
      <IconButton label={t("editWaiting")} onClick={() => onEdit(id)}>
        <Pencil className="size-3.5" />
      </IconButton>
      <IconButton label={t("removeWaiting")} onClick={() => onRemove(id)}>
        <X className="size-4" />
      </IconButton>
      {steering && !steers && !reason && (
        <Button size="sm" variant="ghost" className="text-foreground" onClick={() => onSteer(id)}>
          <CornerDownRight className="size-3.5 rtl:-scale-x-100" />
          <span className="max-sm:sr-only">{t("sendAtStep")}</span>
        </Button>
      )}
      <Button size="sm" variant="ghost" className="text-foreground" onClick={() => onSendNow(id)}>
        <ArrowUp className="size-3.5" /> {t("sendNow")}
      </Button>
      {reason && <p className="basis-full pb-1.5 text-[0.78125rem] text-muted-foreground">{t(`waitsFor.${reason}`)}</p>}
    </li>
  )
}
