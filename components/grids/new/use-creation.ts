"use client"

import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { sentenceOf } from "@/components/base/api"
import { addRows, makeGrid, runGrid } from "@/components/grids/api"
import { gridRows, type Inputs, piecesOf } from "@/components/grids/new/inputs"
import { spendLimitOf } from "@/components/grids/words"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import type { GridOutput } from "@/lib/grids/types"

interface Draft {
  name: string
  inputs: Inputs | null
  columns: string[]
  output: GridOutput | null
  instructions: string
  models: string[]
  limit: string
}

/** Creates the grid, adds its rows in batches, and starts it. A retry continues with the same grid. */
export function useCreation(draft: Draft) {
  const t = useTranslations("grids")
  const go = useGuardedNavigation()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const made = useRef<{ draft: string; id: string } | null>(null)

  const create = async (upTo: number | null) => {
    const { inputs, output, name, columns, instructions, models, limit } = draft
    if (!inputs) return setProblem(t("create.needInputs"))
    if (!output) return setProblem(t("create.needSchema"))
    const spendLimitUsd = spendLimitOf(limit)
    if (spendLimitUsd === undefined) return setProblem(t("limit.wrong"))
    setProblem(null)
    setBusy(true)
    try {
      const same = JSON.stringify(draft)
      if (made.current?.draft !== same) made.current = { draft: same, id: uuidv7() }
      const { id } = made.current
      const title = name.trim() || output.name
      await makeGrid({ id, title, instructions, output, models, columns, spendLimitUsd })
      let start = 0
      for (const piece of piecesOf(gridRows(inputs))) {
        await addRows(id, start, piece)
        start += piece.length
      }
      await runGrid(id, upTo === null ? { action: "start" } : { action: "start", upTo })
      go(`/grids/${id}`)
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }
  return { busy, problem, create }
}
