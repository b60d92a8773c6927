"use client"

import { CircleDollarSign, Download, Ellipsis, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { Suspense, useState } from "react"
import { ApiError } from "@/components/base/api"
import { EXPORTS, type ExportFormat, exportRun } from "@/components/evals/run/export-run"
import { useDeletion } from "@/components/evals/use-deletion"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"
import type { RunHead } from "@/lib/evals/types"

const LimitDialog = lazyOverlay(() => import("@/components/evals/run/limit-dialog"))

/** Further actions on a run. */
export function RunMenu({ run, onRun }: { run: RunHead; onRun: (run: RunHead) => void }) {
  const t = useTranslations("evals")
  const go = useGuardedNavigation()
  const { removeRun } = useDeletion()
  const [limiting, setLimiting] = useState(false)
  const save = (format: ExportFormat) =>
    exportRun(run, format).catch((error: unknown) =>
      toast.error(error instanceof ApiError ? error.message : t("run.exportFailed")),
    )
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("options", { title: t("runs.number", { number: run.number }) })}>
            <Ellipsis className="size-4.5" />
          </IconButton>
        }
      >
        {EXPORTS.map((format) => (
          <MenuItem key={format} onSelect={() => void save(format)}>
            <Download /> {t("run.export", { format: format.toUpperCase() })}
          </MenuItem>
        ))}
        {/* A running run keeps the limit it was started with. */}
        {(run.state === "ready" || run.state === "paused") && (
          <MenuItem onSelect={() => setLimiting(true)}>
            <CircleDollarSign /> {t("run.changeLimit")}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem danger onSelect={() => void removeRun(run, () => go(`/evals/${run.evalId}`))}>
          <Trash2 /> {t("delete")}
        </MenuItem>
      </Menu>
      <Suspense>{limiting && <LimitDialog run={run} onRun={onRun} onClose={() => setLimiting(false)} />}</Suspense>
    </>
  )
}
