"use client"

import { Columns2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, memo, useCallback, useMemo, useRef, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { type BranchMapRow, matching, rowAfter, rowsOf } from "@/components/branches/layout"
import { useMessageContext } from "@/components/message/parts/message-context"
import type { BranchMap, BranchRun } from "@/lib/chat/map/map.types"
import { cn } from "@/lib/cn"

interface Props {
  map: BranchMap
  /** The runs selected for comparison. */
  marked: BranchRun[]
  onMark: (run: BranchRun) => void
  onJump: (messageId: string) => void
}

/** Number of runs from which there is a search field. */
const MANY = 8

/** The runs as a tree with keyboard navigation: Enter opens one, Space selects it. */
export function BranchTree({ map, marked, onMark, onJump }: Props) {
  const t = useTranslations("branches")
  const { modelName } = useMessageContext()
  const [search, setSearch] = useState("")
  const all = useMemo(() => rowsOf(map.runs), [map])
  const rows = useMemo(() => matching(all, search, modelName), [all, search, modelName])
  return (
    <>
      {all.length > MANY && (
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label={t("search")}
          placeholder={t("search")}
          className="mb-3 h-9 w-full rounded-md border border-input bg-background px-3 text-base pointer-coarse:h-11 sm:text-sm"
        />
      )}
      {rows.length === 0 ? (
        <p className="py-4 text-[0.875rem] text-muted-foreground">{t("none")}</p>
      ) : (
        <Rows key={search} {...{ rows, marked, onMark, onJump }} />
      )}
      {map.left > 0 && <p className="mt-3 text-[0.8125rem] text-muted-foreground">{t("left", { count: map.left })}</p>}
    </>
  )
}

function Rows({ rows, marked, onMark, onJump }: Omit<Props, "map"> & { rows: BranchMapRow[] }) {
  const t = useTranslations("branches")
  const tree = useRef<HTMLDivElement>(null)
  const shown = rows.findLastIndex(({ run }) => run.shown)
  const [active, setActive] = useState(Math.max(0, shown))
  const begin = useCallback((element: HTMLDivElement | null) => {
    tree.current = element
    const row = element?.querySelector<HTMLElement>("[data-autofocus]")
    row?.scrollIntoView({ block: "nearest" })
    // Focus stays in the search field while typing.
    if (!(document.activeElement instanceof HTMLInputElement)) row?.focus({ preventScroll: true })
  }, [])
  const onKey = (event: KeyboardEvent) => {
    const row = rows[active]
    if (event.ctrlKey || event.metaKey || event.altKey || !row) return
    const next = rowAfter(rows, active, mirrored(event.key))
    if (event.key === "Enter") onJump(row.run.id)
    else if (event.key === " ") onMark(row.run)
    else if (next !== null) {
      setActive(next)
      tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[next]?.focus()
    } else return
    event.preventDefault()
  }
  return (
    <div
      ref={begin}
      role="tree"
      aria-label={t("title")}
      aria-multiselectable
      tabIndex={-1}
      onKeyDown={onKey}
      className="-mx-2"
    >
      {rows.map(({ run, column }, index) => (
        <Row
          key={run.id}
          {...{ run, column, onMark, onJump }}
          last={index === shown}
          focusable={index === active}
          marked={marked.some(({ id }) => id === run.id)}
        />
      ))}
    </div>
  )
}

/** In a right-to-left page, arrow keys are mirrored. */
function mirrored(key: string): string {
  if (document.documentElement.dir !== "rtl") return key
  return { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[key] ?? key
}

/** Maximum columns; deeper runs are shown in the last one. */
const MAX_COLUMNS = 7
const COLUMN_PX = 18

interface RowProps extends Pick<Props, "onMark" | "onJump"> {
  run: BranchRun
  column: number
  /** The last run of the shown branch. */
  last: boolean
  focusable: boolean
  marked: boolean
}

const Row = memo(function Row({ run, column, last, focusable, marked, onMark, onJump }: RowProps) {
  const t = useTranslations("branches")
  const { modelName } = useMessageContext()
  const locale = useFormatLocale()
  const date = new Date(run.at).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" })
  const title = run.title || t(run.role === "user" ? "question" : "answer")
  const columns = Math.min(column, MAX_COLUMNS)
  const details = [run.model ? modelName(run.model) : null, t("messages", { count: run.messages }), date]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles keys
    <div
      role="treeitem"
      tabIndex={focusable ? 0 : -1}
      aria-level={column + 1}
      aria-selected={marked}
      aria-current={last ? "location" : undefined}
      data-autofocus={focusable || undefined}
      onClick={() => onJump(run.id)}
      className="group/row relative flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 [content-visibility:auto] [contain-intrinsic-size:auto_48px] hover:bg-muted aria-selected:bg-spark-soft"
    >
      <Lines columns={columns} />
      <span
        aria-hidden
        className={cn("size-2.5 shrink-0 rounded-full border-2", run.shown ? "border-spark bg-spark" : "border-input")}
      />
      <span className="min-w-0 flex-1">
        <span dir="auto" className={cn("block truncate text-[0.875rem]", run.role === "user" && "font-medium")}>
          {title}
        </span>
        <span className="block truncate text-[0.78125rem] text-muted-foreground">
          {details.filter(Boolean).join(" · ")}
        </span>
      </span>
      {last && (
        <span className="shrink-0 rounded-full bg-spark-soft px-2 py-0.5 text-[0.75rem] text-spark-text">
          {t("here")}
        </span>
      )}
      <button
        type="button"
        tabIndex={-1}
        aria-pressed={marked}
        aria-label={t("mark", { title })}
        onClick={(event) => {
          event.stopPropagation()
          onMark(run)
        }}
        className="grid size-8 shrink-0 place-items-center rounded-md pointer-coarse:size-11 text-muted-foreground hover:bg-background hover:text-foreground aria-pressed:text-spark-text"
      >
        <Columns2 className="size-4" aria-hidden />
      </button>
    </div>
  )
})

/** Space for the columns, with a line for each one that continues. */
function Lines({ columns }: { columns: number }) {
  return Array.from({ length: columns }, (_, column) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: columns are identified by index
      key={column}
      aria-hidden
      style={{ width: COLUMN_PX }}
      className="-my-1.5 shrink-0 self-stretch ps-1"
    >
      <span className="block h-full w-px bg-border" />
    </span>
  ))
}
