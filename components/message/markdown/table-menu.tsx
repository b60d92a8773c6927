"use client"

import { FileText, Sheet } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { type Rows, toMarkdown, toTsv, withoutFormula } from "@/components/message/markdown/table-text"
import { Menu, MenuItem } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"

/** The ways to copy a table. */
export default function TableMenu({ trigger, rows }: { trigger: ReactNode; rows: () => Rows }) {
  const t = useTranslations("reading")
  const tCommon = useTranslations("common")
  const copy = async (item: () => ClipboardItem) => {
    try {
      await navigator.clipboard.write([item()])
      toast.success(t("tableCopied"))
    } catch {
      toast.error(tCommon("copyRefused"))
    }
  }
  const text = (value: string) => new Blob([value], { type: "text/plain" })
  const html = (value: string) => new Blob([value], { type: "text/html" })
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={() => copy(() => new ClipboardItem({ "text/plain": text(toMarkdown(rows())) }))}>
        <FileText /> {t("asMarkdown")}
      </MenuItem>
      <MenuItem
        onSelect={() =>
          copy(() => new ClipboardItem({ "text/plain": text(toTsv(rows())), "text/html": html(toHtml(rows())) }))
        }
      >
        <Sheet /> {t("forSpreadsheet")}
      </MenuItem>
    </Menu>
  )
}

/** What documents and spreadsheets take first; built by the browser, so that nothing in a cell becomes a tag. */
function toHtml(rows: Rows): string {
  const table = document.createElement("table")
  for (const cells of rows) {
    const row = table.insertRow()
    for (const cell of cells) row.insertCell().textContent = withoutFormula(cell)
  }
  return table.outerHTML
}
