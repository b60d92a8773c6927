"use client"

import { useTranslations } from "next-intl"
import type { PageRun, RunState } from "@/components/tools/page-runs"
import { Button } from "@/components/ui/button"

/** Actions on a call this page runs: stop it, or decide what to do if it can't run. */
export function RunControls({ run, state }: { run: PageRun; state: RunState }) {
  const t = useTranslations("tools")
  const common = useTranslations("common")
  if (state.at === "stuck")
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 border-t px-3.5 py-3 text-[0.84375rem]">
        <p className="me-auto min-w-0 basis-60">{state.said ?? t("stuck")}</p>
        <Button size="sm" onClick={() => run.skip(state.fault)}>
          {t("skip")}
        </Button>
        <Button size="sm" variant="primary" onClick={run.retry}>
          {common("retry")}
        </Button>
      </div>
    )
  if (state.at !== "running" && state.at !== "loading") return null
  return (
    <div className="flex justify-end border-t px-3.5 py-2 print:hidden">
      <Button size="sm" onClick={run.stop}>
        {t("stop")}
      </Button>
    </div>
  )
}
