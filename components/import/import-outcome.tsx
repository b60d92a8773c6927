"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import type { Importing } from "@/components/import/use-import"
import { Button } from "@/components/ui/button"
import type { ImportResult, ImportState } from "@/lib/import/types"

/** The progress and outcome of an import. */
export function ImportOutcome({ own, state }: { own: Importing; state: ImportState }) {
  const t = useTranslations("appSettings.import")
  if (state.state === "importing") return <Running progress={state.progress} onStop={own.cancel} />
  if ((state.state !== "done" && state.state !== "cancelled") || !state.result) return null
  const { imported, there, failed, lostImages } = state.result
  const said = state.state === "done" ? `${t("done", { count: imported })}.` : t("cancelled", { count: imported })
  return (
    <div className="w-full rounded-md border bg-surface px-3 py-2.5 text-sm">
      <div className="flex items-start gap-3">
        <p role="status" className="min-w-0 flex-1 text-pretty leading-6">
          {said} {there > 0 && t("doneThere", { count: there })}
        </p>
        <Button size="sm" onClick={own.cancel}>
          {t("close")}
        </Button>
      </div>
      <Named title={t("failed")} rows={failed.map(({ title, why }) => `${title}: ${why}`)} />
      <Named title={t("lostImages")} rows={lostRows(lostImages)} />
    </div>
  )
}

const lostRows = (lost: ImportResult["lostImages"]) =>
  lost.map(({ name, why }) => (why.includes(name) ? why : `${name}: ${why}`))

function Named({ title, rows }: { title: string; rows: string[] }) {
  if (rows.length === 0) return null
  return (
    <details open={rows.length < 4}>
      <summary className="cursor-pointer py-1">{title}</summary>
      <ul className="list-disc space-y-0.5 ps-5 text-[0.8125rem] text-muted-foreground">
        {rows.map((row, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={place} className="wrap-anywhere">
            {row}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Running({ progress, onStop }: { progress: number; onStop: () => void }) {
  const t = useTranslations("appSettings.import")
  const locale = useFormatLocale()
  const percent = Math.floor(progress * 100).toLocaleString(locale)
  return (
    <div className="w-full rounded-md border bg-surface px-3 py-2.5 text-sm">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <progress aria-label={t("importing")} value={progress} max={1} className="h-1.5 w-full accent-primary" />
          <p className="text-pretty text-[0.8125rem] text-muted-foreground">{t("progress", { percent })}</p>
        </div>
        <Button size="sm" onClick={onStop}>
          {t("stop")}
        </Button>
      </div>
    </div>
  )
}
