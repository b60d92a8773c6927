"use client"

import { Quote, SearchX } from "lucide-react"
import { useTranslations } from "next-intl"
import { useView } from "@/components/output/view/view-context"

const MARK = "ms-1 inline-flex h-[1lh] min-h-6 w-6 items-center justify-center rounded align-top"

/** A value's source: opens the place it comes from, or states that it was not found. */
export function SourceMark({ pointer }: { pointer: string }) {
  const t = useTranslations("output.source")
  const { sources, onSource } = useView()
  const source = sources.get(pointer)
  if (!source) return null
  const { quote, place } = source
  if (!place)
    return (
      <span
        role="img"
        aria-label={t("notFound", { quote })}
        data-tip={t("notFound", { quote })}
        className={`${MARK} text-danger`}
      >
        <SearchX aria-hidden className="size-3.5" />
      </span>
    )
  const label =
    place.kind === "document" ? t("page", { page: place.page, quote }) : t("message", { kind: place.kind, quote })
  if (!onSource)
    return (
      <span role="img" aria-label={label} data-tip={label} className={`${MARK} text-muted-foreground`}>
        <Quote aria-hidden className="size-3" />
      </span>
    )
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      onClick={() => onSource(source)}
      className={`${MARK} text-muted-foreground hover:bg-muted hover:text-foreground print:hidden`}
    >
      <Quote aria-hidden className="size-3" />
    </button>
  )
}
