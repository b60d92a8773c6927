"use client"

import { Download, TextQuote, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from "react"
import { PageView } from "@/components/documents/page-view"
import { DocumentPages } from "@/components/documents/read-pages"
import { useDocumentSearch } from "@/components/documents/use-document-search"
import {
  type Scroller,
  usePageCount,
  useScrollToOpenedPage,
  useSelectedText,
  useShownPage,
} from "@/components/documents/use-viewer"
import { closeDocument, type OpenDocument } from "@/components/documents/viewer-store"
import { Tools } from "@/components/documents/viewer-tools"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { Spinner } from "@/components/ui/spinner"

interface Props {
  document: OpenDocument
  /** Quotes selected text in the composer; null where nothing can be asked. */
  onQuote: ((text: string) => void) | null
}

const ZOOMS = [50, 75, 100, 125, 150, 200, 300]
const A4 = 595 / 842

/** A document beside the conversation: its pages, search, and page navigation. */
export default function DocumentViewer({ document, onQuote }: Props) {
  const t = useTranslations("documents")
  const scroller = useRef<HTMLElement>(null)
  const pages = useMemo(() => new DocumentPages(document.id, document.share), [document.id, document.share])
  const { count, fault } = usePageCount(document, pages)
  const [zoom, setZoom] = useState(100)
  const toPage = useCallback(
    (page: number) => scroller.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: "start" }),
    [],
  )
  const search = useDocumentSearch(pages, count, toPage, document)
  const shown = useShownPage(scroller, count)
  useScrollToOpenedPage(document, count, scroller, toPage)
  const step = (by: number) =>
    setZoom((now) => ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(now) + by))] ?? 100)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") closeDocument()
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "+") step(1)
    else if (event.key === "-") step(-1)
    else if (event.key === "0") setZoom(100)
  }
  return (
    <aside
      aria-label={t("viewer", { name: document.name })}
      data-own-escape=""
      onKeyDown={onKeyDown}
      className="fixed inset-0 z-40 flex flex-col border-s bg-background lg:start-auto lg:z-20 lg:w-(--document-width) print:hidden"
    >
      <Head {...{ document, onQuote, scroller }} />
      <Tools {...{ document, count, shown, zoom, search, toPage }} onZoom={step} />
      <section
        ref={scroller}
        data-document-scroller=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
        tabIndex={0}
        aria-label={t("pagesOf", { name: document.name })}
        className="relative min-h-0 flex-1 overflow-auto bg-muted p-3 focus-visible:outline-2 focus-visible:outline-ring focus-visible:-outline-offset-2"
      >
        <Pages {...{ document, pages, count, fault, zoom, search }} />
      </section>
    </aside>
  )
}

interface PagesProps {
  document: OpenDocument
  pages: DocumentPages
  count: number
  fault: string | null
  zoom: number
  search: ReturnType<typeof useDocumentSearch>
}

function Pages({ document, pages, count, fault, zoom, search }: PagesProps) {
  const t = useTranslations("documents")
  const [shape, setShape] = useState(A4)
  if (fault)
    return (
      <p role="alert" className="p-4 text-danger text-sm">
        {fault}
      </p>
    )
  if (count === 0)
    return (
      <p role="status" className="flex justify-center p-8">
        <Spinner />
        <span className="sr-only">{t("loading")}</span>
      </p>
    )
  return (
    <div className="mx-auto flex flex-col gap-3" style={{ width: `${zoom}%` }}>
      {Array.from({ length: count }, (_, at) => at + 1).map((number) => (
        <PageView
          key={number}
          {...{ document, pages, number, shape }}
          hits={search.byPage.get(number) ?? NO_HITS}
          current={search.current}
          onShape={setShape}
        />
      ))}
    </div>
  )
}

const NO_HITS: never[] = []

function Head({ document, onQuote, scroller }: Props & { scroller: Scroller }) {
  const t = useTranslations("documents")
  const selected = useSelectedText(scroller)
  return (
    <div className="flex min-h-12 items-center gap-1 border-b ps-4 pe-2">
      <h2 className="min-w-0 flex-1 truncate font-medium text-sm">
        <bdi>{document.name}</bdi>
      </h2>
      {onQuote && selected && (
        <Button size="sm" onMouseDown={(event) => event.preventDefault()} onClick={() => onQuote(selected)}>
          <TextQuote className="size-3.5" aria-hidden /> {t("quote")}
        </Button>
      )}
      {!document.share && (
        <a
          href={`/api/documents/${document.id}/original`}
          download
          aria-label={t("download")}
          data-tip={t("download")}
          className="grid size-8 shrink-0 place-items-center rounded-md pointer-coarse:size-10 text-muted-foreground transition-colors hover:bg-muted hover:text-foreground"
        >
          <Download className="size-4" aria-hidden />
        </a>
      )}
      <IconButton label={t("close")} onClick={closeDocument}>
        <X className="size-4" aria-hidden />
      </IconButton>
    </div>
  )
}
