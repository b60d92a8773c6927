"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { Button } from "@/components/ui/button"
import type { DocumentInfo } from "@/lib/documents/types"

/**
 * Attaches the images in a document. Resolves to how many were added, were already attached, and were left out. Throws
 * `ApiError`.
 */
export type AddPictures = (documentId: string) => Promise<{ added: number; there: number; left: number }>

interface Props {
  info: DocumentInfo
  onPictures: AddPictures
}

/** A web page's images are elsewhere, unless it states how many it contains: files read by earlier versions don't. */
const held = ({ count, inside }: { count: number; inside?: number }, kind: DocumentInfo["kind"]): number =>
  inside ?? (kind === "html" ? 0 : count)

/** Offers to attach the images in a document, which its text does not cover. */
export function AttachDocumentImages({ info, onPictures }: Props) {
  const t = useTranslations("documents")
  const [state, setState] = useState<"asking" | "busy" | { said: string }>("asking")
  const count = info.facts.notes.reduce((sum, note) => sum + (note.note === "images" ? held(note, info.kind) : 0), 0)
  if (count === 0) return null
  const add = async () => {
    setState("busy")
    try {
      setState({ said: t("imagesAdded", await onPictures(info.id)) })
    } catch (error) {
      setState({ said: sentenceOf(error) })
    }
  }
  const said = typeof state === "object" ? state.said : ""
  return (
    <div role="status">
      {said ? (
        <p className="text-[0.8125rem]">{said}</p>
      ) : (
        <Button size="sm" disabled={state === "busy"} onClick={add}>
          {t("addImages", { count })}
        </Button>
      )}
    </div>
  )
}
