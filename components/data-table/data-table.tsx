"use client"

import { Copy, Download, Search } from "lucide-react"
import { useTranslations } from "next-intl"
import { useDeferredValue, useId, useMemo, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { saveFile } from "@/components/base/save-file"
import { csvFile, toCsv } from "@/components/base/table-text"
import { cellText, filtered, type Sorting, sorted } from "@/components/data-table/order"
import { TableGrid } from "@/components/data-table/table-grid"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import type { TableInput } from "@/lib/ai/tools/show_table/types"

const TableMenu = lazyOverlay(() => import("@/components/message/markdown/table-menu"))

/** An interactive table: sorting, filtering, resizing columns, copying, exporting. Copies what is shown. */
export function DataTable({ table }: { table: TableInput }) {
  const t = useTranslations("dataTable")
  const locale = useFormatLocale()
  const [wanted, setWanted] = useState("")
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const looked = useDeferredValue(wanted)
  const rows = useMemo(() => {
    const found = filtered(table.rows, looked)
    return sorting ? sorted(found, sorting, locale) : found
  }, [table, looked, sorting, locale])
  const titleId = useId()
  const shown = () => [table.columns, ...rows.map((row) => row.map(cellText))]
  const trigger = (
    <IconButton label={t("copy")}>
      <Copy className="size-4" />
    </IconButton>
  )
  return (
    <figure aria-labelledby={titleId} className="overflow-hidden rounded-lg border bg-surface">
      <div className="flex min-h-12 flex-wrap items-center gap-x-1 ps-4 pe-2">
        <h3 id={titleId} className="min-w-0 flex-1 truncate font-semibold text-[0.9375rem]">
          {table.title ?? t("table")}
        </h3>
        <label className="relative flex items-center print:hidden">
          <Search aria-hidden className="absolute start-2 size-3.5 text-muted-foreground" />
          <input
            type="search"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            aria-label={t("filter")}
            placeholder={t("filter")}
            className="h-8 w-36 rounded-md border border-input bg-background ps-7 pe-2 text-[0.8125rem]"
          />
        </label>
        <OnDemand trigger={trigger}>
          <TableMenu trigger={trigger} rows={shown} />
        </OnDemand>
        <IconButton
          label={t("download")}
          onClick={() => saveFile(`${fileName(table.title)}.csv`, csvFile(toCsv(shown())), "text/csv")}
        >
          <Download className="size-4" />
        </IconButton>
      </div>
      <TableGrid table={table} rows={rows} sorting={sorting} onSort={setSorting} labelledBy={titleId} />
      <p role="status" className="border-t px-4 py-1.5 text-muted-foreground text-xs">
        {rows.length === table.rows.length
          ? t("rows", { count: rows.length })
          : t("found", { count: rows.length, all: table.rows.length })}
      </p>
    </figure>
  )
}

const fileName = (title = "") =>
  title
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "table"
