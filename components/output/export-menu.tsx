"use client"

import { Braces, Database, FileCode, FileSpreadsheet, FileText, Rows3 } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { saveFile } from "@/components/base/save-file"
import { csvFile, toCsv } from "@/components/base/table-text"
import { copy } from "@/components/ui/copy"
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"
import type { OutputRequest } from "@/lib/messages/types"
import { toDataclass, toPydantic } from "@/lib/output/code/python"
import { type Shapes, shapesOf } from "@/lib/output/code/shapes"
import { toSql } from "@/lib/output/code/sql"
import { toTypeScript, toZod } from "@/lib/output/code/typescript"
import { cellText, tableOf, toNdjson } from "@/lib/output/rows"

interface Props {
  trigger: ReactNode
  /** The answer as returned by `readJson`; undefined while incomplete. */
  value: unknown
  request: OutputRequest | undefined
  /** Of the files, without an extension. */
  fileName: string
}

const LANGUAGES = [
  { key: "typescript", icon: FileCode, make: toTypeScript },
  { key: "zod", icon: FileCode, make: toZod },
  { key: "dataclass", icon: FileText, make: toDataclass },
  { key: "pydantic", icon: FileText, make: toPydantic },
  { key: "sql", icon: Database, make: toSql },
] as const

/** Exports a JSON answer to other file formats, and its schema to other languages. */
export default function ExportMenu({ trigger, value, request, fileName }: Props) {
  const t = useTranslations("output")
  const tCommon = useTranslations("common")
  const csv = () => {
    const { columns, rows } = tableOf(value)
    saveFile(`${fileName}.csv`, csvFile(toCsv([columns, ...rows.map((row) => row.map(cellText))])), "text/csv")
  }
  const excel = async () => {
    try {
      const { workbookOf } = await import("@/components/output/workbook")
      saveFile(`${fileName}.xlsx`, await workbookOf(tableOf(value)))
    } catch {
      toast.error(t("excelFailed"))
    }
  }
  const copyCode = async (make: (shapes: Shapes) => string) => {
    if (request?.type !== "json_schema") return
    try {
      await copy({ text: make(shapesOf(request.schema, request.name)) })
      toast.success(tCommon("copied"))
    } catch {
      toast.error(tCommon("copyRefused"))
    }
  }
  return (
    <Menu trigger={trigger} defaultOpen>
      {value !== undefined && (
        <>
          <MenuLabel>{t("downloadAs")}</MenuLabel>
          <MenuItem onSelect={csv}>
            <Rows3 /> {t("formats.csv")}
          </MenuItem>
          <MenuItem onSelect={() => void excel()}>
            <FileSpreadsheet /> {t("formats.xlsx")}
          </MenuItem>
          <MenuItem onSelect={() => saveFile(`${fileName}.ndjson`, toNdjson(value), "application/x-ndjson")}>
            <Braces /> {t("formats.ndjson")}
          </MenuItem>
        </>
      )}
      {value !== undefined && request?.type === "json_schema" && <MenuSeparator />}
      {request?.type === "json_schema" && (
        <>
          <MenuLabel>{t("copySchemaAs")}</MenuLabel>
          {LANGUAGES.map(({ key, icon: Icon, make }) => (
            <MenuItem key={key} onSelect={() => void copyCode(make)}>
              <Icon /> {t(`languages.${key}`)}
            </MenuItem>
          ))}
        </>
      )}
    </Menu>
  )
}
