"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useRef } from "react"
import { toast } from "sonner"
import { sentenceOf, uploadImage } from "@/components/chat/api"
import type { Attachment, DraftStore } from "@/components/composer/draft"

/** The server takes ten images a message. */
export const MAX_IMAGES = 10

export interface Uploads {
  add: (files: Iterable<File>) => void
  remove: (key: string) => void
}

/** Uploads what is attached at once, each file by itself, and keeps the draft's attachments current. */
export function useUploads(draft: DraftStore): Uploads {
  const t = useTranslations("composer")
  const running = useRef(new Map<string, AbortController>())

  useEffect(() => {
    const controllers = running.current
    return () => {
      for (const controller of controllers.values()) controller.abort()
    }
  }, [])

  const upload = useCallback(
    async (key: string, file: File) => {
      const controller = new AbortController()
      running.current.set(key, controller)
      try {
        const image = await uploadImage(file, controller.signal)
        change(draft, key, { state: "ready", image })
      } catch (error) {
        if (!controller.signal.aborted) change(draft, key, { state: "failed", error: sentenceOf(error) })
      } finally {
        running.current.delete(key)
      }
    },
    [draft],
  )

  const add = useCallback(
    (files: Iterable<File>) => {
      const room = MAX_IMAGES - draft.get().attachments.length
      const all = [...files]
      if (all.length > room) toast.error(t("tooMany", { count: MAX_IMAGES }))
      for (const file of all.slice(0, Math.max(0, room))) {
        const key = crypto.getRandomValues(new Uint32Array(2)).join("-")
        draft.update(({ attachments }) => ({ attachments: [...attachments, attachmentOf(key, file)] }))
        void upload(key, file)
      }
    },
    [draft, upload, t],
  )

  const remove = useCallback(
    (key: string) => {
      running.current.get(key)?.abort()
      const gone = draft.get().attachments.find((attachment) => attachment.key === key)
      if (gone?.preview) URL.revokeObjectURL(gone.preview)
      draft.update(({ attachments }) => ({ attachments: attachments.filter((attachment) => attachment.key !== key) }))
    },
    [draft],
  )

  return { add, remove }
}

const attachmentOf = (key: string, file: File): Attachment => ({
  key,
  name: file.name || "image",
  state: "uploading",
  preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
  image: null,
  file: null,
  error: null,
})

function change(draft: DraftStore, key: string, to: Partial<Attachment>): void {
  draft.update(({ attachments }) => ({
    attachments: attachments.map((attachment) => (attachment.key === key ? { ...attachment, ...to } : attachment)),
  }))
}
