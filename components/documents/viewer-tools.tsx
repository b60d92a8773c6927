"use client"

import { ChevronDown, ChevronUp, Search, ZoomIn, ZoomOut } from "lucide-react"
import { useTranslations } from "next-intl"
import type { useDocumentSearch } from "@/components/documents/use-document-search"
import type { OpenDocument } from "@/components/documents/viewer-store"
import { isComposing } from "@/components/ui/enter"
import { IconButton } from "@/components/ui/icon-button"
import { unitOf } from "@/lib/documents/types"

interface ToolsProps {
  document: OpenDocument
  count: number
  shown: number
  zoom: number
  search: ReturnType<typeof useDocumentSearch>
  toPage: (page: number) => void
  onZoom: (by: number) => void
}

/** Page number, zoom, and search. */
export function Tools({ document, count, shown, zoom, search, toPage, onZoom }: ToolsProps) {
  const t = useTranslations("documents")
  const unit = unitOf(document.kind)
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-2 py-1 text-[0.8125rem]">
      <label className="flex items-center gap-1.5 ps-2">
        <span>{t("unitName", { unit })}</span>
        <input
          key={shown}
          type="number"
          min={1}
          max={count}
          defaultValue={shown}
          onKeyDown={(event) => event.key === "Enter" && toPage(Number(event.currentTarget.value))}
          onBlur={(event) => Number(event.currentTarget.value) !== shown && toPage(Number(event.currentTarget.value))}
          className="h-8 w-14 rounded-md border border-input bg-surface px-2 tabular-nums"
        />
        <span className="text-muted-foreground tabular-nums">{t("ofCount", { count })}</span>
      </label>
      <span className="flex items-center">
        <IconButton label={t("zoomOut")} onClick={() => onZoom(-1)} aria-keyshortcuts="-">
          <ZoomOut className="size-4" aria-hidden />
        </IconButton>
        <span className="w-11 text-center tabular-nums">{zoom}%</span>
        <IconButton label={t("zoomIn")} onClick={() => onZoom(1)} aria-keyshortcuts="+">
          <ZoomIn className="size-4" aria-hidden />
        </IconButton>
      </span>
      <SearchField search={search} />
    </div>
  )
}

function SearchField({ search }: Pick<ToolsProps, "search">) {
  const t = useTranslations("documents")
  const { text, setText, hits, at, searching, go } = search
  const found =
    text.trim().length < 2
      ? ""
      : searching
        ? t("searching")
        : t("found", { at: hits.length > 0 ? at + 1 : 0, count: hits.length })
  return (
    <>
      <label className="ms-auto flex min-w-40 flex-1 items-center gap-1.5 rounded-md border border-input bg-surface px-2">
        <Search className="size-3.5 shrink-0 text-muted-foreground" aria-hidden />
        <input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !isComposing(event.nativeEvent)) go(event.shiftKey ? -1 : 1)
          }}
          className="h-8 min-w-0 flex-1 bg-transparent outline-hidden"
        />
        <span role="status" className="shrink-0 text-muted-foreground tabular-nums">
          {found}
        </span>
      </label>
      {hits.length > 1 && (
        <span className="flex">
          <IconButton label={t("previous")} onClick={() => go(-1)}>
            <ChevronUp className="size-4" aria-hidden />
          </IconButton>
          <IconButton label={t("next")} onClick={() => go(1)}>
            <ChevronDown className="size-4" aria-hidden />
          </IconButton>
        </span>
      )}
    </>
  )
}
