"use client"

import { useTranslations } from "next-intl"
import { useEffect, useMemo, useRef, useState } from "react"
import {
  boxesOf,
  type DocumentPages,
  type Hit,
  mergeIntoSpans,
  type ShownPage,
} from "@/components/documents/read-pages"
import type { OpenDocument } from "@/components/documents/viewer-store"
import { Markdown } from "@/components/message/markdown/markdown"
import { type PageUnit, unitOf } from "@/lib/documents/types"

interface Props {
  document: OpenDocument
  pages: DocumentPages
  number: number
  /** Aspect ratio (width / height) for a page not loaded yet. */
  shape: number
  hits: Hit[]
  current: Hit | null
  onShape: (shape: number) => void
}

/** A page: its image with a text layer, or its text. Loads when near the viewport. */
export function PageView({ document, pages, number, shape, hits, current, onShape }: Props) {
  const t = useTranslations("documents")
  const unit = unitOf(document.kind)
  const place = useRef<HTMLElement>(null)
  const near = useNear(place)
  const page = usePage(pages, number, near)
  useEffect(() => {
    if (page?.width && page.height) onShape(page.width / page.height)
  }, [page, onShape])
  const drawn = document.kind === "pdf"
  const label = page?.name ? `${t("unit", { unit, number })}: ${page.name}` : t("unit", { unit, number })
  const ratio = page?.width && page.height ? page.width / page.height : shape
  return (
    <section
      ref={place}
      aria-label={label}
      data-page={number}
      className="relative mx-auto w-full scroll-mt-3 overflow-hidden rounded-sm border bg-white text-black shadow-sm"
      style={drawn ? { aspectRatio: ratio } : undefined}
    >
      {drawn ? (
        near && <Drawn {...{ document, pages, number, page, hits, current }} />
      ) : (
        <Written {...{ page, number, unit }} />
      )}
    </section>
  )
}

type DrawnProps = Pick<Props, "document" | "pages" | "number" | "hits" | "current"> & { page: ShownPage | null }

function Drawn({ document, pages, number, page, hits, current }: DrawnProps) {
  const [lost, setLost] = useState(false)
  const spans = useMemo(() => (page ? mergeIntoSpans(page) : []), [page])
  const source = (size: number) => `/api/documents/${document.id}/pages/${number}/picture?size=${size}&${pages.query}`
  const [width, height] = [(page?.width ?? 595) * 10, (page?.height ?? 842) * 10]
  return (
    <>
      {!lost && (
        // biome-ignore lint/performance/noImgElement: an image from our own store
        <img
          src={source(800)}
          srcSet={`${source(800)} 800w, ${source(1_600)} 1600w`}
          sizes="(min-width: 1024px) 44rem, 100vw"
          alt=""
          draggable={false}
          onError={() => setLost(true)}
          className="absolute inset-0 size-full"
        />
      )}
      {page && (
        // biome-ignore lint/a11y/noSvgWithoutTitle: a text layer over the page image
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden={spans.length === 0}
          className="absolute inset-0 size-full cursor-text select-text"
        >
          {hits.map((hit) => (
            <g
              key={hit.at}
              className={hit === current ? "fill-spark/50" : "fill-spark/25"}
              data-hit={hit === current ? "current" : ""}
            >
              {boxesOf(page, hit).map((box) => (
                <rect key={`${box.x} ${box.y}`} {...box} />
              ))}
            </g>
          ))}
          {spans.map((span) => (
            <text
              key={`${span.x} ${span.y} ${span.text}`}
              x={span.x}
              y={span.y + span.height * 0.8}
              fontSize={span.height}
              textLength={span.width}
              lengthAdjust="spacingAndGlyphs"
              fill={lost ? "currentColor" : "transparent"}
              className="whitespace-pre"
            >
              {span.text}
            </text>
          ))}
        </svg>
      )}
    </>
  )
}

function Written({ page, number, unit }: { page: ShownPage | null; number: number; unit: PageUnit }) {
  const t = useTranslations("documents")
  return (
    <div className="bg-surface p-4 text-foreground">
      <h3 className="mb-2 text-[0.8125rem] text-muted-foreground">{page?.name ?? t("unit", { unit, number })}</h3>
      {page ? (
        page.text.trim() ? (
          <Markdown text={page.text} streaming={false} />
        ) : (
          <p className="text-muted-foreground text-sm">{t("nothing")}</p>
        )
      ) : (
        <div className="h-64" />
      )}
    </div>
  )
}

/** True once the element has come near the viewport. */
function useNear(place: { current: HTMLElement | null }): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const root = element.closest("[data-document-scroller]")
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        setNear(true)
        watch.disconnect()
      },
      { root, rootMargin: "100% 0px" },
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [place])
  return near
}

function usePage(pages: DocumentPages, number: number, near: boolean): ShownPage | null {
  const [page, setPage] = useState<ShownPage | null>(null)
  useEffect(() => {
    if (!near) return
    let left = false
    pages.page(number).then(
      (read) => left || setPage(read),
      () => {},
    )
    return () => {
      left = true
    }
  }, [pages, number, near])
  return page
}
