"use client"

import { Archive, FolderInput, Tag, Trash2, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useListActions } from "@/components/sidebar/list-context"
import { IconButton } from "@/components/ui/icon-button"
import type { ConversationSummary } from "@/lib/chat/conversation.types"

interface Props {
  many: ConversationSummary[]
  /** All rows in display order. */
  order: ConversationSummary[]
}

/** Actions on the selected conversations, and selecting all. */
export default function SelectionBar({ many, order }: Props) {
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
      className="mx-2 mb-1 flex min-h-9 shrink-0 flex-wrap items-center justify-end rounded-md bg-spark-soft pe-1 ps-1 pointer-coarse:justify-around pointer-coarse:py-0.5"
    >
      <label
        data-tip={t("chooseAll")}
        className="flex h-8 min-w-0 flex-1 cursor-pointer items-center gap-2 ps-1.5 pointer-coarse:-order-2 pointer-coarse:h-10 pointer-coarse:basis-3/4"
      >
        <input
          ref={(box) => {
            if (box) box.indeterminate = many.length < order.length
          }}
          type="checkbox"
          aria-label={t("chooseAll")}
          checked={many.length === order.length}
          onChange={({ currentTarget }) =>
            currentTarget.checked ? actions.all(order.map(({ id }) => id)) : actions.leave()
          }
          className="size-4 shrink-0 accent-spark-text"
        />
        <span role="status" className="truncate font-medium text-spark-text text-xs">
          {t("chosen", { count: many.length })}
        </span>
      </label>
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
      <IconButton label={t("chooseNone")} className="size-7 pointer-coarse:-order-1" onClick={actions.leave}>
        <X className="size-4" />
      </IconButton>
    </div>
  )
}
