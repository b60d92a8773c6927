"use client"

import { useCallback, useEffect, useMemo, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useEvalNews } from "@/components/conversations/store"
import { readRun } from "@/components/evals/api"
import { useRefresh } from "@/components/evals/use-refresh"
import type { EvalNews } from "@/lib/evals/contract/eval"
import type { RowView, RunHead, RunView } from "@/lib/evals/types"

/** Merges reloaded rows by number. */
function merged(before: RowView[], read: RowView[]): RowView[] {
  const rows = new Map(before.map((row) => [row.number, row]))
  for (const row of read) rows.set(row.number, row)
  return [...rows.values()].sort((a, b) => a.number - b.number)
}

/** A run, kept current since the page loaded: reloads what events report as changed. */
export function useRun(first: RunView) {
  const [view, setView] = useState(first)
  const [error, setError] = useState<string | null>(null)
  const { id } = first.run
  const read = useCallback(
    async (numbers: number[] | null) => {
      try {
        const { run, rows } = await readRun(id, numbers ?? undefined)
        setView((before) => ({ run, rows: numbers === null ? rows : merged(before.rows, rows) }))
        setError(null)
      } catch (thrown) {
        setError(sentenceOf(thrown))
      }
    },
    [id],
  )
  const refresh = useRefresh(read)
  const hearing = useMemo(
    () => ({ onNews: (news: EvalNews) => news.run === id && refresh(news.rows), onMissed: () => refresh(null) }),
    [id, refresh],
  )
  useEvalNews(hearing)
  // Events since the server rendered the page were missed.
  useEffect(() => refresh(null), [refresh])
  const setRun = useCallback((run: RunHead) => setView((before) => ({ ...before, run })), [])
  return { ...view, error, setRun, refresh }
}
