"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { Button } from "@/components/ui/button"
import type { DocumentInfo } from "@/lib/documents/types"

/** Attaches the pictures in a document: how many, and how many are not. Throws an `ApiError`. */
export type AddPictures = (documentId: string) => Promise<{ added: number; left: number }>

interface Props {
  info: DocumentInfo
  onPictures: AddPictures
}

/** Offers to attach the pictures in an office file or book, which its text says nothing of. */
export function PicturesOf({ info, onPictures }: Props) {
  const t = useTranslations("documents")
  const [state, setState] = useState<"asking" | "busy" | { said: string }>("asking")
  const count = info.facts.notes.reduce((sum, note) => sum + (note.note === "images" ? note.count : 0), 0)
  // Those of a web page are elsewhere.
  if (count === 0 || info.kind === "html") return null
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
