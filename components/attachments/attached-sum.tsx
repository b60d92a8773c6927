"use client"

import { useTranslations } from "next-intl"
import { useStore } from "@/components/base/store"
import { type Attachment, isPicture } from "@/components/draft/attachment"
import { MAX_ATTACHMENTS, type Uploads } from "@/components/uploads/uploads"
import type { ModelInfo } from "@/lib/models/model.types"

interface Props {
  attachments: Attachment[]
  uploads: Uploads
  /** The models that the next message goes to. */
  asked: ModelInfo[]
}

/** How many pictures there are of how many, and what was left behind. */
export function AttachedSum({ attachments, uploads }: Props) {
  const t = useTranslations("attachments")
  const rest = useStore(uploads.rest)
  const pictures = attachments.filter(isPicture).length
  return (
    <>
      {pictures > 0 && (
        <p className="px-4 pt-2 text-[0.8125rem] text-muted-foreground tabular-nums">
          {t("count", { count: pictures, most: MAX_ATTACHMENTS })}
        </p>
      )}
      {rest.length > 0 && (
        <details role="status" className="wrap-anywhere px-4 pt-2 text-[0.8125rem]">
          <summary className="min-h-6 cursor-pointer">
            {t("rest", { count: rest.length, most: MAX_ATTACHMENTS })}
          </summary>
          <p className="max-h-32 overflow-y-auto text-muted-foreground">{rest.join(", ")}</p>
        </details>
      )}
    </>
  )
}
