"use client"

import { Download, Ellipsis, Pencil } from "lucide-react"
import { useTranslations } from "next-intl"
import { saveFile } from "@/components/base/save-file"
import { CopyButton } from "@/components/ui/copy-button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { OnDemand } from "@/components/ui/on-demand"
import type { OutputRequest } from "@/lib/messages/types"

const ExportMenu = lazyOverlay(() => import("@/components/output/export-menu"))

interface Props {
  pretty: () => string
  /** Undefined while incomplete. */
  value: unknown
  request: OutputRequest | undefined
  /** Without an extension. */
  fileName: string
  streaming: boolean
  editing: boolean
  /** Toggles editing of values; undefined where it is not allowed. */
  onEdit?: () => void
}

/** Copy and export actions of a JSON answer. */
export function AnswerActions({ pretty, value, request, fileName, streaming, editing, onEdit }: Props) {
  const t = useTranslations("output")
  const trigger = (
    <IconButton label={t("more")}>
      <Ellipsis className="size-4" />
    </IconButton>
  )
  return (
    <div className="flex">
      {onEdit && (
        <IconButton label={t("edit.start")} aria-pressed={editing} onClick={onEdit} className="aria-pressed:bg-muted">
          <Pencil className="size-4" />
        </IconButton>
      )}
      <CopyButton text={pretty} label={t("copy")} disabled={streaming} />
      <IconButton
        label={t("download")}
        disabled={streaming}
        onClick={() => saveFile(`${fileName}.json`, pretty(), "application/json")}
      >
        <Download className="size-4" />
      </IconButton>
      {(streaming || value !== undefined || request?.type === "json_schema") && (
        <OnDemand trigger={trigger}>
          <ExportMenu trigger={trigger} value={value} request={request} fileName={fileName} />
        </OnDemand>
      )}
    </div>
  )
}
