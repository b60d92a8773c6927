"use client"

import { FileText, Lock } from "lucide-react"
import { useTranslations } from "next-intl"
import { cn } from "@/lib/cn"

interface Props {
  name: string
  /** Kind, pages, size. */
  facts: string
  /** How it is sent to the model. */
  how?: string
  locked?: boolean
  /** Null: there is nothing to open. */
  onOpen: (() => void) | null
  className?: string
}

export function DocumentCard({ name, facts, how, locked, onOpen, className }: Props) {
  const t = useTranslations("documents")
  const Icon = locked ? Lock : FileText
  const content = (
    <>
      <span
        className={cn(
          "grid size-9 shrink-0 place-items-center rounded-md",
          locked ? "bg-danger-soft text-danger" : "bg-spark-soft text-spark-text",
        )}
      >
        <Icon className="size-4.5" aria-hidden />
      </span>
      <span className="min-w-0">
        {onOpen && <span className="sr-only">{t("open")} </span>}
        <bdi className="block truncate font-medium text-[0.84375rem] leading-5">{name}</bdi>
        <span className="block truncate text-[0.78125rem] text-muted-foreground tabular-nums leading-4">{facts}</span>
        {how && <span className="block truncate text-[0.78125rem] text-muted-foreground leading-4">{how}</span>}
      </span>
    </>
  )
  const shape = cn(
    "flex min-h-14 max-w-72 items-center gap-2.5 rounded-lg border bg-surface py-2 pe-4 ps-2.5 text-start",
    className,
  )
  if (!onOpen) return <div className={shape}>{content}</div>
  return (
    <button
      type="button"
      data-tip={name}
      data-tip-cut=""
      onClick={onOpen}
      className={cn(shape, "transition-colors hover:border-input hover:bg-muted")}
    >
      {content}
    </button>
  )
}
