"use client"

import { FileText, Sheet } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { escapeFormula, type Rows, toMarkdown, toTsv } from "@/components/base/table-text"
import { type Copied, copy } from "@/components/ui/copy"
import { Menu, MenuItem } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"

/** The ways to copy a table. */
export default function TableMenu({ trigger, rows }: { trigger: ReactNode; rows: () => Rows }) {
  const t = useTranslations("reading")
  const tCommon = useTranslations("common")
  const take = async (copied: () => Copied) => {
    try {
      await copy(copied())
      toast.success(t("tableCopied"))
    } catch {
      toast.error(tCommon("copyRefused"))
    }
  }
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={() => take(() => ({ text: toMarkdown(rows()) }))}>
        <FileText /> {t("asMarkdown")}
      </MenuItem>
      <MenuItem onSelect={() => take(() => ({ text: toTsv(rows()), html: toHtml(rows()) }))}>
        <Sheet /> {t("forSpreadsheet")}
      </MenuItem>
    </Menu>
  )
}

/** The format documents and spreadsheets prefer; built with DOM APIs, so that no cell content becomes a tag. */
function toHtml(rows: Rows): string {
  const table = document.createElement("table")
  for (const cells of rows) {
    const row = table.insertRow()
    for (const cell of cells) row.insertCell().textContent = escapeFormula(cell)
  }
  return table.outerHTML
}
