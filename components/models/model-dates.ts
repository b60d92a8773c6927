import { useFormatter } from "next-intl"
import { useCallback } from "react"
import type { ModelInfo } from "@/lib/models/model.types"

/** A model's retirement date for display: “December 12”, with the year if it is a different one. Null when unknown. */
export function useDeprecation(): (model: ModelInfo) => { date: string; past: boolean } | null {
  const format = useFormatter()
  return useCallback(
    ({ deprecation }) => {
      if (!deprecation) return null
      const day = new Date(`${deprecation}T00:00:00Z`)
      const now = new Date()
      const year = day.getUTCFullYear() === now.getUTCFullYear() ? undefined : "numeric"
      const date = format.dateTime(day, { month: "long", day: "numeric", year, timeZone: "UTC" })
      return { date, past: deprecation < now.toISOString().slice(0, 10) }
    },
    [format],
  )
}
