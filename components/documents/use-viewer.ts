"use client"

import { type RefObject, useEffect, useState } from "react"
import { api, sentenceOf } from "@/components/base/api"
import type { DocumentPages } from "@/components/documents/read-pages"
import type { OpenDocument } from "@/components/documents/viewer-store"
import { isRecord } from "@/lib/is-record"

export type Scroller = RefObject<HTMLElement | null>

/** The number of pages; 0 until known. */
export function usePageCount({ id }: OpenDocument, pages: DocumentPages): { count: number; fault: string | null } {
  const [state, setState] = useState<{ id: string; count: number; fault: string | null }>({ id, count: 0, fault: null })
  useEffect(() => {
    let left = false
    api(`/api/documents/${id}?${pages.query}`).then(
      (info) =>
        left || setState({ id, count: isRecord(info) && typeof info.pages === "number" ? info.pages : 0, fault: null }),
      (error: unknown) => left || setState({ id, count: 0, fault: sentenceOf(error) }),
    )
    return () => {
      left = true
    }
  }, [id, pages])
  return state.id === id ? state : { count: 0, fault: null }
}

/** The page at the top of the view. */
export function useShownPage(scroller: Scroller, count: number): number {
  const [shown, setShown] = useState(1)
  useEffect(() => {
    const element = scroller.current
    if (!element || count === 0) return
    const look = () => {
      const top = element.getBoundingClientRect().top + element.clientHeight / 3
      const page = [...element.querySelectorAll<HTMLElement>("[data-page]")].find(
        (one) => one.getBoundingClientRect().bottom > top,
      )
      if (page) setShown(Number(page.dataset.page))
    }
    element.addEventListener("scroll", look, { passive: true })
    return () => element.removeEventListener("scroll", look)
  }, [scroller, count])
  return shown
}

/** Focuses the viewer and scrolls to the requested page, once per opening. */
export function useScrollToOpenedPage(
  { turn, page }: OpenDocument,
  count: number,
  scroller: Scroller,
  toPage: (page: number) => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per opening
  useEffect(() => {
    if (count === 0) return
    scroller.current?.focus({ preventScroll: true })
    toPage(Math.min(page, count))
  }, [turn, count])
}

/** The text selected in the pages. */
export function useSelectedText(scroller: Scroller): string {
  const [text, setText] = useState("")
  useEffect(() => {
    const look = () => {
      const selection = window.getSelection()
      const inside = selection?.anchorNode && scroller.current?.contains(selection.anchorNode)
      setText(inside ? selection.toString().trim() : "")
    }
    window.document.addEventListener("selectionchange", look)
    return () => window.document.removeEventListener("selectionchange", look)
  }, [scroller])
  return text
}
