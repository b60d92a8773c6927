/** Short descriptions of a document. Pure. */
import type { useTranslations } from "next-intl"
import { formatBytes } from "@/components/files/facts"
import { formatRanges, pagesIn } from "@/lib/documents/fit"
import { type DocumentKind, type PageRange, unitOf } from "@/lib/documents/types"

type Say = ReturnType<typeof useTranslations<"documents">>

interface Facts {
  kind: DocumentKind
  pages: number
  bytes: number
  range?: PageRange[]
  pictures?: number
}

/** `PDF, 12 pages, 1.2 MB`; `PDF, pages 1–3 of 12` */
export function factsLine({ kind, pages, bytes, range }: Facts, locale: string, t: Say): string {
  const unit = unitOf(kind)
  const count = pagesIn(range, pages).length
  const shown =
    range && count < pages
      ? t("someOf", { unit, range: formatRanges(range), count: pages })
      : t("count", { unit, count: pages })
  const size = bytes > 0 ? [formatBytes(bytes, locale)] : []
  return [t(`kind.${kind}`), ...(pages > 0 ? [shown] : []), ...size].join(", ")
}

/** How it is sent to the model. */
export function readingModeText({ kind, pages, range, pictures = 0 }: Facts, t: Say): string {
  const all = pagesIn(range, pages).length
  if (kind !== "pdf" || pictures === 0) return t("as.text")
  return pictures >= all ? t("as.pictures") : t("as.both", { count: pictures })
}
