"use client"

import { ListChecks, Plus, Trash2 } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { useCallback, useMemo, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { useFormatLocale } from "@/components/base/format-locale"
import { useEvalNews } from "@/components/conversations/store"
import { makeEval, readEvals } from "@/components/evals/api"
import { RunMark } from "@/components/evals/marks"
import { useDeletion } from "@/components/evals/use-deletion"
import { useRefresh } from "@/components/evals/use-refresh"
import { columnName, percent, rateOf } from "@/components/evals/words"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { EmptyList, ListPage } from "@/components/shell/list-page"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import type { EvalSummary } from "@/lib/evals/types"

const TitleDialog = lazyOverlay(() => import("@/components/evals/pages/title-dialog"))

export function EvalList({ evals: first }: { evals: EvalSummary[] }) {
  const t = useTranslations("evals")
  const go = useGuardedNavigation()
  const [evals, setEvals] = useState(first)
  const [naming, setNaming] = useState(false)
  const read = useCallback(() => readEvals().then(setEvals, () => undefined), [])
  const refresh = useRefresh(read)
  const hearing = useMemo(() => ({ onNews: () => refresh(null), onMissed: () => refresh(null) }), [refresh])
  useEvalNews(hearing)
  const make = async (title: string) => {
    const { id } = await makeEval(uuidv7(), title)
    go(`/evals/${id}`)
  }
  return (
    <>
      <ListPage
        title={t("title")}
        meaning={t("meaning")}
        action={
          <Button variant="primary" onClick={() => setNaming(true)}>
            <Plus className="size-4" aria-hidden /> {t("new")}
          </Button>
        }
      >
        {evals.length === 0 ? (
          <EmptyList icon={ListChecks} title={t("empty")} hint={t("emptyHint")} />
        ) : (
          <List evals={evals} onGone={(id) => setEvals((before) => before.filter((one) => one.id !== id))} />
        )}
      </ListPage>
      {naming && (
        <TitleDialog heading={t("new")} action={t("create")} title="" onSave={make} onClose={() => setNaming(false)} />
      )}
    </>
  )
}

function List({ evals, onGone }: { evals: EvalSummary[]; onGone: (id: string) => void }) {
  const t = useTranslations("evals")
  const locale = useFormatLocale()
  const { removeEval } = useDeletion()
  const ratesOf = ({ last }: EvalSummary): string =>
    (last?.columns ?? [])
      .map((column) => {
        const rate = rateOf(column)
        return rate === null ? columnName(column) : `${columnName(column)} ${percent(rate, locale)}`
      })
      .join(", ")
  return (
    <ul className="divide-y rounded-lg border bg-surface">
      {evals.map((one) => (
        <li key={one.id} className="flex items-center gap-2 pe-2">
          <Link href={`/evals/${one.id}`} prefetch={false} className="min-w-0 flex-1 px-4 py-3 hover:bg-muted/50">
            <span className="flex items-center gap-2.5">
              <span className="truncate font-medium text-sm">{one.title}</span>
              {one.last?.state === "running" && <RunMark state="running" />}
            </span>
            <span className="mt-0.5 block truncate text-[0.8125rem] text-muted-foreground tabular-nums">
              {[
                t("caseCount", { count: one.cases }),
                t("runCount", { count: one.runs }),
                ...(one.last ? [t("lastRun", { rates: ratesOf(one) })] : []),
              ].join(" · ")}
            </span>
          </Link>
          <IconButton label={`${t("delete")}: ${one.title}`} onClick={() => void removeEval(one, () => onGone(one.id))}>
            <Trash2 className="size-4" />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
