"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { Changes } from "@/components/schemas/editor/changes"
import type { Editor } from "@/components/schemas/editor/use-editor"
import { Button } from "@/components/ui/button"
import { toast } from "@/components/ui/toast"
import type { StoredSchema } from "@/lib/schemas/types"

interface Props {
  editor: Editor
  newer: StoredSchema
}

/** A newer version was saved meanwhile, in another tab for example: overwriting requires confirmation. */
export function NewerNotice({ editor, newer }: Props) {
  const t = useTranslations("schemas.newer")
  const schemas = useTranslations("schemas")
  const [compares, setCompares] = useState(false)
  const overwrite = async () => {
    const saved = await editor.save(newer)
    if (saved) toast.success(schemas("saved", { name: saved.name, version: saved.version }))
  }
  return (
    <div role="alert" className="rounded-lg border border-danger/40 bg-danger-soft p-3 text-sm">
      <p className="font-medium">{t("title", { version: newer.version })}</p>
      <p className="mt-1 text-pretty leading-6">{t("meaning")}</p>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <Button size="sm" aria-expanded={compares} onClick={() => setCompares(!compares)}>
          {t(compares ? "hide" : "compare")}
        </Button>
        <Button size="sm" onClick={() => editor.take(newer)}>
          {t("take")}
        </Button>
        <Button size="sm" disabled={editor.busy} onClick={() => void overwrite()}>
          {t("overwrite")}
        </Button>
      </div>
      {compares && (
        <div className="mt-3 rounded-md border bg-background p-3">
          <Changes before={newer.text} after={editor.draft.text} />
        </div>
      )}
    </div>
  )
}
