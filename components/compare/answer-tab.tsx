"use client"

import { useTranslations } from "next-intl"
import { StatusMark } from "@/components/compare/status-mark"
import { cn } from "@/lib/cn"
import type { MessageStatus } from "@/lib/messages/types"

interface Props {
  name: string
  status: MessageStatus
  selected: boolean
  /** Id of its answer panel. */
  controls: string
  onSelect: () => void
}

/** The tab of an answer, where there is room for only one. */
export function AnswerTab({ name, status, selected, controls, onSelect }: Props) {
  const t = useTranslations("compare")
  return (
    <button
      type="button"
      role="tab"
      aria-selected={selected}
      aria-controls={controls}
      aria-label={`${name}, ${t("state", { status })}`}
      tabIndex={selected ? 0 : -1}
      onClick={onSelect}
      className={cn(
        "flex h-9 shrink-0 grow items-center justify-center gap-1.5 whitespace-nowrap rounded-md border border-transparent px-2 text-[0.84375rem] text-muted-foreground pointer-coarse:h-11",
        selected ? "border-border bg-surface font-medium text-foreground" : "hover:bg-muted",
      )}
    >
      <StatusMark status={status} />
      {name}
    </button>
  )
}
