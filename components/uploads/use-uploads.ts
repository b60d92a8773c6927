"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useMemo, useRef } from "react"
import { ApiError, sentenceOf } from "@/components/base/api"
import { uploadImage } from "@/components/base/conversation-api"
import { requestText } from "@/components/base/request-texts"
import { type Attachment, attachedFile, attachmentKey, type DraftStore } from "@/components/draft/draft"
import { formatBytes } from "@/components/files/facts"
import { toast } from "@/components/ui/toast"
import type { TextFile } from "@/lib/messages/types"

/** Attachments of one message; the server takes so many images and so many files. */
export const MAX_ATTACHMENTS = 10

export interface Uploads {
  add: (files: Iterable<File>) => void
  /** Attaches a text as a file, when the message has room for it. Returns its key, null when it has none. */
  addText: (file: TextFile) => string | null
  /** Another text for a file that is attached. */
  changeText: (key: string, text: string) => void
  /** Tries once more with what failed. */
  retry: (key: string) => void
  remove: (key: string) => void
}

/**
 * Takes what is attached, each file by itself, and keeps the draft's attachments current: text is read here, all else
 * is uploaded at once. `messageChars` is what a message may have, its files together.
 */
export function useUploads(draft: DraftStore, messageChars: number): Uploads {
  const t = useTranslations("composer")
  const tf = useTranslations("files")
  const running = useRef(new Map<string, AbortController>())

  useEffect(() => {
    const controllers = running.current
    const stop = () => {
      const here = new Set(draft.get().attachments.map(({ key }) => key))
      for (const [key, controller] of controllers) if (here.has(key)) controller.abort()
    }
    // A moment later: what another page has taken over goes on.
    return () => void setTimeout(stop)
  }, [draft])

  const upload = useCallback(
    async (key: string, file: File, signal: AbortSignal) => {
      try {
        change(draft, key, { state: "ready", image: await uploadImage(file, signal), source: null })
      } catch (error) {
        if (!signal.aborted) change(draft, key, failed(sentenceOf(error), isFinal(error) ? null : file))
      }
    },
    [draft],
  )

  const take = useCallback(
    async (key: string, file: File) => {
      const controller = new AbortController()
      running.current.set(key, controller)
      const { signal } = controller
      try {
        // What says that it is a picture has to be one.
        if (isNamedPicture(file)) return await upload(key, file, signal)
        const { readFile } = await import("@/components/uploads/text-files")
        const room = () => messageChars - charactersOf(draft)
        const read = await readFile(file, room())
        if (signal.aborted) return
        if (read.kind === "image") return await upload(key, file, signal)
        const tooLarge = read.kind === "text" && read.file.text.length > room()
        if (read.kind === "text" && !tooLarge) return change(draft, key, { ...attachedFile(read.file), key })
        const reason = read.kind === "failed" ? read.reason : "tooLarge"
        const facts = { name: file.name, size: formatBytes(file.size), room: Math.max(0, room()) }
        // There is more room when another is taken off.
        change(draft, key, failed(tf(`wrong.${reason}`, facts), reason === "tooLarge" ? file : null))
      } catch {
        change(draft, key, failed(requestText("unreachable"), file))
      } finally {
        running.current.delete(key)
      }
    },
    [draft, messageChars, upload, tf],
  )

  const add = useCallback(
    (files: Iterable<File>) => {
      const room = MAX_ATTACHMENTS - draft.get().attachments.length
      const all = [...files]
      if (all.length > room) toast.error(t("tooMany", { count: MAX_ATTACHMENTS }))
      for (const file of all.slice(0, Math.max(0, room))) {
        const key = attachmentKey()
        draft.update(({ attachments }) => ({ attachments: [...attachments, attachmentOf(key, file)] }))
        void take(key, file)
      }
    },
    [draft, take, t],
  )

  const addText = useCallback(
    (file: TextFile) => {
      const { attachments } = draft.get()
      if (attachments.length >= MAX_ATTACHMENTS || file.text.length > messageChars - charactersOf(draft)) return null
      const attachment = attachedFile(file)
      draft.update(() => ({ attachments: [...attachments, attachment] }))
      return attachment.key
    },
    [draft, messageChars],
  )

  const changeText = useCallback(
    (key: string, text: string) => {
      const file = draft.get().attachments.find((attachment) => attachment.key === key)?.file
      if (file) change(draft, key, { file: { ...file, text } })
    },
    [draft],
  )

  const retry = useCallback(
    (key: string) => {
      const source = draft.get().attachments.find((attachment) => attachment.key === key)?.source
      if (!source) return
      change(draft, key, { state: "uploading", error: null })
      void take(key, source)
    },
    [draft, take],
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

  return useMemo(() => ({ add, addText, changeText, retry, remove }), [add, addText, changeText, retry, remove])
}

const failed = (error: string, source: File | null): Partial<Attachment> => ({ state: "failed", error, source })

/** The server looked at the file and does not take it. */
const isFinal = (error: unknown): boolean => error instanceof ApiError && /^(image|file|request):/.test(error.code)

/** By its type; a drawing in SVG is text. */
const isNamedPicture = ({ type }: File): boolean => type.startsWith("image/") && type !== "image/svg+xml"

/** Characters of the draft's files. */
const charactersOf = (draft: DraftStore): number =>
  draft.get().attachments.reduce((sum, { file }) => sum + (file?.text.length ?? 0), 0)

const attachmentOf = (key: string, file: File): Attachment => ({
  key,
  name: file.name || "image",
  state: "uploading",
  preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : null,
  image: null,
  file: null,
  error: null,
  source: file,
})

function change(draft: DraftStore, key: string, to: Partial<Attachment>): void {
  draft.update(({ attachments }) => ({
    attachments: attachments.map((attachment) => (attachment.key === key ? { ...attachment, ...to } : attachment)),
  }))
}
