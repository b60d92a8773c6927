"use client"

import { useEffect, useMemo, useState } from "react"
import { type DocumentPages, type Hit, hitsOn } from "@/components/documents/read-pages"
import type { OpenDocument } from "@/components/documents/viewer-store"

const MAX_HITS = 500

/** Search within a document: the hits, and the current one. */
export function useDocumentSearch(
  pages: DocumentPages,
  count: number,
  onPlace: (page: number) => void,
  { find = "", page: wanted }: Pick<OpenDocument, "find" | "page">,
) {
  const [text, setText] = useState(find)
  const [hits, setHits] = useState<Hit[]>([])
  const [at, setAt] = useState(0)
  const [searching, setSearching] = useState(false)
  useEffect(() => {
    setHits([])
    setAt(0)
    if (text.trim().length < 2) return setSearching(false)
    let left = false
    setSearching(true)
    const look = async () => {
      const found: Hit[] = []
      for await (const page of pages.all(count)) {
        if (left || found.length >= MAX_HITS) break
        found.push(...hitsOn(page, text))
      }
      if (left) return
      setHits(found)
      setSearching(false)
      // Starts at the hit on the page the document was opened at.
      const first = Math.max(0, text === find ? found.findIndex(({ page }) => page === wanted) : 0)
      setAt(first)
      if (found[first]) onPlace(found[first].page)
    }
    const timer = setTimeout(() => void look().catch(() => left || setSearching(false)), 200)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [pages, count, text, onPlace, find, wanted])
  const byPage = useMemo(() => {
    const grouped = new Map<number, Hit[]>()
    for (const hit of hits) grouped.set(hit.page, [...(grouped.get(hit.page) ?? []), hit])
    return grouped
  }, [hits])
  const go = (step: number) => {
    if (hits.length === 0) return
    const next = (at + step + hits.length) % hits.length
    setAt(next)
    onPlace(hits[next]?.page ?? 1)
  }
  return { text, setText, hits, at, searching, byPage, current: hits[at] ?? null, go }
}
