"use client"

import { RefreshCw, Search } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { useStore } from "@/components/base/store"
import type { GridStore } from "@/components/grids/grid-store"
import { IconButton } from "@/components/ui/icon-button"
import type { ViewQuery } from "@/lib/grids/types"

const FILTERS = ["all", "done", "waiting", "running", "failed", "problems", "edited", "skipped", "differs"] as const
/** Milliseconds of inactivity before searching. */
const PAUSE_MS = 250

/** Searches and filters the rows. */
export function GridTools({ store }: { store: GridStore }) {
  const t = useTranslations("grids.view")
  const shown = useStore(store)
  const { query, order, head, stale } = shown
  const [words, setWords] = useState(query.q)
  useEffect(() => {
    if (words === store.get().query.q) return
    const timer = setTimeout(() => void store.look({ ...store.get().query, q: words }), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [store, words])
  const all = head.progress.rows
  const filters = FILTERS.filter((name) => name !== "differs" || head.models.length > 1)
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 pb-2">
      <label className="relative flex min-w-40 flex-1 items-center sm:max-w-72">
        <Search aria-hidden className="absolute start-2.5 size-4 text-muted-foreground" />
        <input
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          aria-label={t("search")}
          placeholder={t("search")}
          className="h-9 w-full rounded-md border border-input bg-background ps-8 pe-2 text-sm pointer-coarse:h-10"
        />
      </label>
      <select
        aria-label={t("filter")}
        value={query.state}
        onChange={(event) => void store.look({ ...query, state: event.target.value as ViewQuery["state"] })}
        className="h-9 rounded-md border border-input bg-background px-2 text-sm pointer-coarse:h-10"
      >
        {filters.map((name) => (
          <option key={name} value={name}>
            {t(name)}
          </option>
        ))}
      </select>
      {stale && (
        <IconButton label={t("refresh")} onClick={() => void store.look(query)}>
          <RefreshCw className="size-4" />
        </IconButton>
      )}
      <p role="status" className="text-[0.8125rem] text-muted-foreground tabular-nums">
        {order ? t("found", { count: order.length, all }) : t("shown", { count: all })}
      </p>
    </div>
  )
}
