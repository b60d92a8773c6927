"use client"

import { Download, GitCompareArrows, PencilLine, Trash2, Wallet } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { ApiError } from "@/components/base/api"
import { EXPORTS, type ExportFormat, exportGrid } from "@/components/grids/export-grid"
import { useGridDeletion } from "@/components/grids/use-grid-deletion"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { Menu, MenuItem, MenuSeparator, Submenu } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"
import type { GridHead } from "@/lib/grids/types"

export type GridDialog = "compare" | "limit" | "rename"

interface Props {
  trigger: ReactNode
  head: GridHead
  onDialog: (dialog: GridDialog) => void
}

/** Further actions on a grid. */
export default function GridMenu({ trigger, head, onDialog }: Props) {
  const t = useTranslations("grids")
  const formats = useTranslations("output.formats")
  const go = useGuardedNavigation()
  const remove = useGridDeletion()
  const save = (format: ExportFormat) =>
    exportGrid(head, format).catch((error: unknown) =>
      toast.error(error instanceof ApiError ? error.message : t("export.failed")),
    )
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={() => onDialog("rename")}>
        <PencilLine /> {t("rename")}
      </MenuItem>
      {head.models.length === 1 && (
        <MenuItem disabled={head.progress.state === "running"} onSelect={() => onDialog("compare")}>
          <GitCompareArrows /> {t("compare.title")}
        </MenuItem>
      )}
      <MenuItem onSelect={() => onDialog("limit")}>
        <Wallet /> {t("limit.title")}
      </MenuItem>
      <Submenu
        label={
          <>
            <Download /> {t("export.title")}
          </>
        }
      >
        {EXPORTS.map((format) => (
          <MenuItem key={format} onSelect={() => void save(format)}>
            {format === "json" ? "JSON" : formats(format)}
          </MenuItem>
        ))}
      </Submenu>
      <MenuSeparator />
      <MenuItem danger onSelect={() => void remove(head, () => go("/grids"))}>
        <Trash2 /> {t("delete")}
      </MenuItem>
    </Menu>
  )
}
