"use client"

import { FileText } from "lucide-react"
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { factsOf, formatBytes } from "@/components/files/facts"
import { cn } from "@/lib/cn"
import type { TextFile } from "@/lib/messages/types"

/** A text file as a small card that opens it. */
export function TextFileChip({ file, onOpen, className }: { file: TextFile; onOpen: () => void; className?: string }) {
  const t = useTranslations("files")
  const locale = useFormatLocale()
  const { lines, bytes } = useMemo(() => factsOf(file.text), [file.text])
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      data-tip={file.name}
      data-tip-cut=""
      onClick={onOpen}
      className={cn(
        "flex h-14 max-w-64 items-center gap-2.5 rounded-lg border bg-surface py-2 pe-4 ps-2.5 text-start transition-colors hover:border-input hover:bg-muted",
        className,
      )}
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-md bg-spark-soft text-spark-text">
        <FileText className="size-4.5" aria-hidden />
      </span>
      <span className="min-w-0">
        <span className="sr-only">{t("open")} </span>
        <bdi className="block truncate font-medium text-[0.84375rem] leading-5">{file.name}</bdi>
        <span className="block truncate text-[0.78125rem] text-muted-foreground tabular-nums leading-4">
          {t("facts", { lines, size: formatBytes(bytes, locale) })}
        </span>
      </span>
    </button>
  )
}
