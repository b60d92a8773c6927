"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { DocumentCard } from "@/components/documents/document-card"
import { factsLine, readingModeText } from "@/components/documents/facts"
import { openDocument } from "@/components/documents/viewer-store"
import type { MessageDocument } from "@/lib/messages/types"

/** The documents of a message, as cards that open beside the conversation. */
export function MessageDocuments({ documents }: { documents: MessageDocument[] }) {
  if (documents.length === 0) return null
  return (
    <div className="flex max-w-full flex-wrap justify-end gap-1.5">
      {documents.map((document, index) => (
        // A message's parts never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <MessageDocumentCard key={index} document={document} />
      ))}
    </div>
  )
}

export function MessageDocumentCard({ document }: { document: MessageDocument }) {
  const t = useTranslations("documents")
  const locale = useFormatLocale()
  const { documentId, name, kind, range, share } = document
  const open = documentId
    ? () => openDocument({ id: documentId, name, kind, page: range?.[0]?.[0] ?? 1, ...(share && { share }) })
    : null
  return (
    <DocumentCard
      name={name}
      facts={factsLine(document, locale, t)}
      how={readingModeText(document, t)}
      onOpen={open}
      className="max-w-full sm:max-w-72"
    />
  )
}
