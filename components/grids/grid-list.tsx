"use client"

import { Plus, Table2, Trash2 } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useMemo, useState } from "react"
import { api } from "@/components/base/api"
import { ReaderTime } from "@/components/base/reader-time"
import { useGridNews } from "@/components/conversations/store"
import { StateMark } from "@/components/grids/marks"
import { shortModel } from "@/components/grids/places"
import { useGridDeletion } from "@/components/grids/use-grid-deletion"
import { EmptyList, ListPage } from "@/components/shell/list-page"
import { IconButton } from "@/components/ui/icon-button"
import type { GridNews, PlaceProgress } from "@/lib/grids/contract/grid"
import type { GridSummary } from "@/lib/grids/types"
import { isRecord } from "@/lib/is-record"

export function GridList({ grids: first }: { grids: GridSummary[] }) {
  const t = useTranslations("grids")
  const [grids, setGrids] = useState(first)
  const hearing = useMemo(
    () => ({
      onNews: (news: GridNews) => setGrids((before) => withNews(before, news)),
      onMissed: () =>
        void api("/api/grids").then(
          (answer) => isRecord(answer) && Array.isArray(answer.grids) && setGrids(answer.grids),
          () => undefined,
        ),
    }),
    [],
  )
  useGridNews(hearing)
  return (
    <ListPage
      title={t("title")}
      meaning={t("meaning")}
      action={
        <Link
          href="/grids/new"
          prefetch={false}
          className="inline-flex h-9 items-center gap-2 rounded-md bg-primary px-3.5 font-medium text-primary-foreground text-sm hover:opacity-90 pointer-coarse:h-10"
        >
          <Plus className="size-4" aria-hidden /> {t("new")}
        </Link>
      }
    >
      {grids.length === 0 ? (
        <EmptyList icon={Table2} title={t("empty")} hint={t("emptyHint")} />
      ) : (
        <List grids={grids} onGone={(id) => setGrids(grids.filter((grid) => grid.id !== id))} />
      )}
    </ListPage>
  )
}

function withNews(grids: GridSummary[], { id, progress }: GridNews): GridSummary[] {
  if (progress === null) return grids.filter((grid) => grid.id !== id)
  const sum = (of: (place: PlaceProgress) => number) => progress.places.reduce((total, place) => total + of(place), 0)
  return grids.map((grid) =>
    grid.id === id
      ? {
          ...grid,
          state: progress.state,
          rows: progress.rows,
          ended: sum(({ counts }) => counts.done + counts.failed + counts.skipped),
          answers: sum(({ counts }) => Object.values(counts).reduce((total, count) => total + count, 0)),
        }
      : grid,
  )
}

function List({ grids, onGone }: { grids: GridSummary[]; onGone: (id: string) => void }) {
  const t = useTranslations("grids")
  const router = useRouter()
  const remove = useGridDeletion()
  return (
    <ul className="divide-y rounded-lg border bg-surface">
      {grids.map((grid) => (
        <li key={grid.id} className="flex items-center gap-2 pe-2">
          <Link href={`/grids/${grid.id}`} prefetch={false} className="min-w-0 flex-1 px-4 py-3 hover:bg-muted/50">
            <span className="flex items-center gap-2.5">
              <span className="truncate font-medium text-sm">{grid.title}</span>
              <StateMark state={grid.state} />
            </span>
            <span className="mt-0.5 block truncate text-[0.8125rem] text-muted-foreground tabular-nums">
              {t("counts", { ended: grid.ended, all: grid.answers })} · {grid.models.map(shortModel).join(", ")} ·{" "}
              <ReaderTime at={grid.updatedAt} />
            </span>
          </Link>
          <IconButton
            label={`${t("delete")}: ${grid.title}`}
            onClick={() =>
              void remove(grid, () => {
                onGone(grid.id)
                router.refresh()
              })
            }
          >
            <Trash2 className="size-4" />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
