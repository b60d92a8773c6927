"use client"

import { Ellipsis } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useMemo, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useStore } from "@/components/base/store"
import { useGridNews } from "@/components/conversations/store"
import { runGrid } from "@/components/grids/api"
import { type AnswerColumn, answerAt, type GridColumn, gridColumns } from "@/components/grids/columns"
import { GridBar } from "@/components/grids/grid-bar"
import { GridHeader } from "@/components/grids/grid-header"
import type { GridDialog } from "@/components/grids/grid-menu"
import { GridStore } from "@/components/grids/grid-store"
import { GridTable } from "@/components/grids/grid-table"
import { GridTools } from "@/components/grids/grid-tools"
import { useModels } from "@/components/models/use-models"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import { toast } from "@/components/ui/toast"
import type { GridHead, RunRequest } from "@/lib/grids/types"
import type { ModelsResponse } from "@/lib/models/model.types"

const GridMenu = lazyOverlay(() => import("@/components/grids/grid-menu"))
const GridDialogs = lazyOverlay(() => import("@/components/grids/grid-dialogs"))
const RowDialog = lazyOverlay(() => import("@/components/grids/row-dialog"))
const EditDialog = lazyOverlay(() => import("@/components/grids/edit-dialog"))
const ColumnDialog = lazyOverlay(() => import("@/components/grids/column-dialog"))

type Open =
  | { kind: "row"; number: number }
  | { kind: "edit"; number: number; column: AnswerColumn }
  | { kind: "column"; column: GridColumn }
  | { kind: "grid"; dialog: GridDialog }

/** A grid's page: its progress, rows and actions. */
export function GridPage({ head: first, models: initial }: { head: GridHead; models: ModelsResponse }) {
  const t = useTranslations("grids")
  const [store] = useState(() => new GridStore(first))
  const models = useModels(initial, null)
  const shown = useStore(store)
  const { head } = shown
  const hearing = useMemo(() => ({ onNews: store.hear, onMissed: store.missed }), [store])
  useGridNews(hearing)
  // Events since the server rendered the page were missed.
  useEffect(() => void store.refreshHead(), [store])
  const inputName = t("view.input")
  const columns = useMemo(
    () => gridColumns({ columns: head.columns, models: head.models, output: head.output }, inputName),
    [head.columns, head.models, head.output, inputName],
  )
  const [open, setOpen] = useState<Open | null>(null)
  const openCell = useCallback(
    (number: number, column?: GridColumn) => {
      const row = store.get().rows.get(number)
      const isDone = row && column?.kind === "answer" && answerAt(row, column.place)?.state === "done"
      setOpen(isDone ? { kind: "edit", number, column } : { kind: "row", number })
    },
    [store],
  )
  const openColumn = useCallback((column: GridColumn) => setOpen({ kind: "column", column }), [])
  const onHead = useCallback((next: GridHead) => store.setHead(next), [store])
  useEffect(() => {
    document.title = `${head.title} · Sparkler`
  }, [head.title])
  return (
    <>
      <Header head={head} onDialog={(dialog) => setOpen({ kind: "grid", dialog })} />
      <GridBar head={head} onHead={onHead} />
      <GridTools store={store} />
      {shown.error && (
        <p role="alert" className="px-4 pb-2 text-danger text-sm">
          {shown.error}
        </p>
      )}
      <GridTable store={store} columns={columns} onOpen={openCell} onColumn={openColumn} />
      {open && <Opened store={store} open={open} setOpen={setOpen} columns={columns} models={models} />}
    </>
  )
}

interface HeaderProps {
  head: GridHead
  onDialog: (dialog: GridDialog) => void
}

function Header({ head, onDialog }: HeaderProps) {
  const t = useTranslations("grids")
  const trigger = (
    <IconButton label={t("options", { title: head.title })}>
      <Ellipsis className="size-4.5" />
    </IconButton>
  )
  return (
    <GridHeader title={head.title}>
      <OnDemand trigger={trigger}>
        <GridMenu trigger={trigger} head={head} onDialog={onDialog} />
      </OnDemand>
    </GridHeader>
  )
}

interface OpenedProps {
  store: GridStore
  open: Open
  setOpen: (open: Open | null) => void
  columns: GridColumn[]
  models: ModelsResponse
}

/** The open dialog. */
function Opened({ store, open, setOpen, columns, models }: OpenedProps) {
  const { head, rows } = useStore(store)
  const close = () => setOpen(null)
  const run = async (request: RunRequest) => {
    try {
      store.setHead(await runGrid(head.id, request))
    } catch (error) {
      toast.error(sentenceOf(error))
    }
  }
  if (open.kind === "column") return <ColumnDialog store={store} column={open.column} onClose={close} />
  if (open.kind === "grid")
    return (
      <GridDialogs
        dialog={open.dialog}
        head={head}
        models={models}
        onHead={(next: GridHead) => {
          store.setHead(next)
          store.missed()
        }}
        onClose={close}
      />
    )
  const row = rows.get(open.number)
  if (!row) return null
  if (open.kind === "edit")
    return (
      <EditDialog
        gridId={head.id}
        row={row}
        column={open.column}
        onRows={(changed) => store.setRows(changed)}
        onClose={close}
      />
    )
  return (
    <RowDialog
      head={head}
      row={row}
      columns={columns}
      onEdit={(column) => column.kind === "answer" && setOpen({ kind: "edit", number: row.number, column })}
      onRun={(request) => void run(request)}
      onClose={close}
    />
  )
}
