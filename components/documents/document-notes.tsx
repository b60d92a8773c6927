"use client"

import { Info } from "lucide-react"
import { useTranslations } from "next-intl"
import { formatRanges, rangesOf } from "@/lib/documents/fit"
import type { DocumentNote } from "@/lib/documents/types"

/** Notes about a document: what is left out of it, and what couldn't be read. */
export function DocumentNotes({ notes }: { notes: DocumentNote[] }) {
  const t = useTranslations("documents")
  if (notes.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5 text-[0.8125rem] text-muted-foreground">
      {notes.map((note) => (
        <li key={note.note} className="flex gap-2">
          <Info className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          <span className="wrap-anywhere">{noteText(note, t)}</span>
        </li>
      ))}
    </ul>
  )
}

function noteText(note: DocumentNote, t: ReturnType<typeof useTranslations<"documents">>): string {
  if (note.note === "attachments") return t("note.attachments", { names: note.names.join(", ") })
  if (note.note === "unreadable") return t("note.unreadable", { range: formatRanges(rangesOf(note.pages)) })
  if (note.note === "cut") return t("note.cut", { count: note.pages })
  if (note.note === "images") return t("note.images", { count: note.count })
  return t(`note.${note.note}`)
}
