"use client"

import { Archive, FolderInput, Tag, Trash2, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useListActions } from "@/components/sidebar/list-context"
import { IconButton } from "@/components/ui/icon-button"
import type { ConversationSummary } from "@/lib/chat/conversation.types"

/** What can be done with the conversations that are chosen. */
export default function SelectionBar({ many }: { many: ConversationSummary[] }) {
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const ids = many.map(({ id }) => id)
  const away = (work: (chosen: ConversationSummary[]) => Promise<unknown>) => () => {
    actions.keepFocus(ids)
    void work(many)
    actions.clear()
  }
  return (
    <div
      role="toolbar"
      aria-label={t("chosen", { count: many.length })}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        actions.leave()
      }}
      className="mx-2 mb-1 flex h-9 shrink-0 items-center rounded-md bg-spark-soft pe-1 ps-2.5"
    >
      <span role="status" className="me-auto truncate font-medium text-spark-text text-xs">
        {t("chosen", { count: many.length })}
      </span>
      <IconButton label={t("move")} className="size-7" onClick={() => actions.ask({ kind: "move", many })}>
        <FolderInput className="size-4" />
      </IconButton>
      <IconButton label={t("tags")} className="size-7" onClick={() => actions.ask({ kind: "tags", many })}>
        <Tag className="size-4" />
      </IconButton>
      <IconButton label={t("archive")} className="size-7" onClick={away((chosen) => actions.archive(chosen, true))}>
        <Archive className="size-4" />
      </IconButton>
      <IconButton label={t("delete")} className="size-7" onClick={away(actions.remove)}>
        <Trash2 className="size-4" />
      </IconButton>
      <IconButton label={t("chooseNone")} className="size-7" onClick={actions.leave}>
        <X className="size-4" />
      </IconButton>
    </div>
  )
}
