"use client"

import { useTranslations } from "next-intl"
import { Suspense, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import type { AddPictures } from "@/components/documents/add-pictures"
import { DocumentCard } from "@/components/documents/document-card"
import { factsLine, readingModeText } from "@/components/documents/facts"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { documentPart, readDraft } from "@/lib/messages/document-part"
import type { DocumentPart } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

const DocumentOptions = lazyOverlay(() => import("@/components/documents/document-options"))

interface Props {
  document: DocumentPart
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  onChange: (document: DocumentPart) => void
  onPictures: AddPictures
}

/** A document in the composer: what it is and how it will be read; opens its options. */
export function DraftDocument({ document, asked, onChange, onPictures }: Props) {
  const t = useTranslations("documents")
  const locale = useFormatLocale()
  const [open, setOpen] = useState(false)
  const { info, chosen } = readDraft(document)
  const part = documentPart(info, chosen)
  const locked = info.status === "locked"
  return (
    <>
      <DocumentCard
        name={info.name}
        facts={locked ? t("isLocked") : factsLine({ ...part, bytes: info.bytes }, locale, t)}
        how={locked ? t("enterPassword") : readingModeText(part, t)}
        locked={locked}
        onOpen={() => setOpen(true)}
      />
      {open && (
        <Suspense>
          <DocumentOptions {...{ document, asked, onChange, onPictures }} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
