import { ArrowRight } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { EvalHeader } from "@/components/evals/eval-header"
import { VerdictMark } from "@/components/evals/marks"
import { columnName } from "@/components/evals/words"
import { cn } from "@/lib/cn"
import type { ChangedCase, ComparedColumn } from "@/lib/evals/types"

interface Props {
  evalId: string
  before: { number: number }
  after: { id: string; number: number }
  columns: ComparedColumn[]
}

/** Two runs of an eval: the cases whose outcomes differ, by column. */
export function ComparePage({ evalId, before, after, columns }: Props) {
  const t = useTranslations("evals.compare")
  return (
    <>
      <EvalHeader
        title={t("title", { before: before.number, after: after.number })}
        back={{ href: `/evals/${evalId}`, label: t("back") }}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-4xl space-y-8 px-4 pt-1 pb-16">
          {columns.map((column) => (
            <Pair key={column.after.place} column={column} run={`/evals/${evalId}/runs/${after.id}`} />
          ))}
        </div>
      </div>
    </>
  )
}

function Pair({ column, run }: { column: ComparedColumn; run: string }) {
  const t = useTranslations("evals.compare")
  const { before, after, gained, lost, same, added, removed, changed } = column
  const [from, to] = [columnName(before), columnName(after)]
  const counts = [
    t("same", { count: same }),
    ...(added > 0 ? [t("added", { count: added })] : []),
    ...(removed > 0 ? [t("removed", { count: removed })] : []),
  ]
  return (
    <section>
      <h2 className="wrap-anywhere font-semibold text-[0.9375rem]">
        {from === to ? to : t("pair", { before: from, after: to })}
      </h2>
      <p className="mt-1 mb-2.5 flex flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem] tabular-nums">
        <span className={cn(gained > 0 && "font-medium text-success")}>{t("gained", { count: gained })}</span>
        <span className={cn(lost > 0 && "font-medium text-danger")}>{t("lost", { count: lost })}</span>
        <span className="text-muted-foreground">{counts.join(" · ")}</span>
      </p>
      {changed.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-center text-muted-foreground text-sm">
          {t("none")}
        </p>
      ) : (
        <ul className="divide-y rounded-lg border bg-surface">
          {changed.map((one) => (
            <Changed key={one.number} one={one} run={run} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Changed({ one, run }: { one: ChangedCase; run: string }) {
  const t = useTranslations("evals")
  const words = { before: t(`verdicts.${one.before}`), after: t(`verdicts.${one.after}`) }
  return (
    <li>
      <Link href={run} prefetch={false} className="flex items-start gap-3 px-4 py-2.5 hover:bg-muted/50">
        <span className="w-7 shrink-0 text-[0.8125rem] text-muted-foreground tabular-nums leading-5">
          {one.number + 1}
        </span>
        <span className="min-w-0 flex-1">
          <span className="line-clamp-2 text-sm leading-5">{one.question}</span>
          {one.edited && <span className="text-[0.8125rem] text-muted-foreground">{t("compare.edited")}</span>}
        </span>
        <span className="flex shrink-0 flex-wrap items-center justify-end gap-x-2 gap-y-0.5 max-sm:max-w-32">
          <span className="sr-only">{t("compare.change", words)}</span>
          <span aria-hidden className="flex flex-wrap items-center justify-end gap-x-2">
            <VerdictMark stand={one.before} word />
            <ArrowRight className="size-3.5 text-muted-foreground rtl:-scale-x-100" />
            <VerdictMark stand={one.after} word />
          </span>
        </span>
      </Link>
    </li>
  )
}
