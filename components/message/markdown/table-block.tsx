"use client"

import { Copy, Download } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ComponentProps, useRef } from "react"
import { saveFile } from "@/components/base/save-file"
import { csvFile, toCsv } from "@/components/base/table-text"
import { Frame } from "@/components/message/markdown/frame"
import { rowsOf } from "@/components/message/markdown/table-rows"
import { useScrollByKeys } from "@/components/scroll/use-scroll-by-keys"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"

const TableMenu = lazyOverlay(() => import("@/components/message/markdown/table-menu"))

/** A table that scrolls sideways and can be copied and saved. */
export function TableBlock(props: ComponentProps<"table">) {
  const t = useTranslations("reading")
  const table = useRef<HTMLTableElement>(null)
  const scrollByKeys = useScrollByKeys<HTMLElement>()
  const rows = () => rowsOf(table.current)
  const trigger = (
    <IconButton label={t("copyTable")}>
      <Copy className="size-4" />
    </IconButton>
  )
  return (
    <Frame
      kind="table"
      label={t("table")}
      actions={
        <>
          <IconButton
            label={t("downloadTable")}
            onClick={() => saveFile("table.csv", csvFile(toCsv(rows())), "text/csv")}
          >
            <Download className="size-4" />
          </IconButton>
          <OnDemand trigger={trigger}>
            <TableMenu trigger={trigger} rows={rows} />
          </OnDemand>
        </>
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: fieldset is for forms */}
      <div ref={scrollByKeys} role="group" aria-label={t("table")} className="table-room">
        <table ref={table} {...props} />
      </div>
    </Frame>
  )
}
