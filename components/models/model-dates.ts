import { useFormatter } from "next-intl"
import { useCallback } from "react"
import type { ModelInfo } from "@/lib/models/model.types"

/** The date on which a model goes, for people: “December 12”, with the year when that is another one. Null: none is known. */
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
