"use client"

import { ImagePlus } from "lucide-react"
import { useTranslations } from "next-intl"
import { type RefObject, useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { uploadImage } from "@/components/base/conversation-api"
import type { Edited, Part } from "@/components/base/message-content"
import { EditedAttachments } from "@/components/message/edited-attachments"
import { useMessageContext } from "@/components/message/parts/message-context"
import { useSavedEdit } from "@/components/message/saved-edits"
import { Button } from "@/components/ui/button"
import { FileInput } from "@/components/ui/file-input"
import { IconButton } from "@/components/ui/icon-button"
import { Textarea } from "@/components/ui/textarea"
import { toast } from "@/components/ui/toast"
import { MAX_ATTACHMENTS } from "@/components/uploads/uploads"

interface Props {
  messageId: string
  /** The current message. */
  original: Edited
  /** The initial content of the edit. */
  edited: Edited
  /** The edit was started before this page load, so the user may want to do something else and focus is not moved. */
  restored: boolean
  onSave: (edited: Edited) => void
  onCancel: () => void
}

/** Edits a message in place. Sending creates an alternative beside the old one; nothing is overwritten. */
export default function EditMessage({ messageId, original, edited, restored, onSave, onCancel }: Props) {
  const t = useTranslations("message")
  const common = useTranslations("common")
  const [text, setText] = useState(edited.text)
  const [attached, setAttached] = useState(edited.attached)
  const { uploading, add } = useAdding(attached.length, (part) => setAttached((known) => [...known, part]))
  const ready = !uploading && (text.trim() !== "" || attached.length > 0)
  const box = useInView(!restored)
  const field = useRef<HTMLTextAreaElement>(null)
  const { conversationId, linkTo } = useMessageContext()
  const changed = text !== original.text || !isSameList(attached, original.attached)
  const ended = useSavedEdit({
    ...{ conversation: conversationId, message: messageId, lasts: linkTo !== null },
    ...{ edited: { text, attached }, changed },
  })
  const save = () => {
    if (!ready) return
    ended.current = true
    onSave({ text, attached })
  }
  const cancel = () => {
    ended.current = true
    onCancel()
  }
  return (
    <div ref={box} className="w-full rounded-xl border border-input bg-surface p-2 focus-within:border-ring">
      <EditedAttachments
        attached={attached}
        uploading={uploading}
        onRemove={(part) => {
          setAttached((known) => known.filter((other) => other !== part))
          field.current?.focus({ preventScroll: true })
        }}
      />
      <Textarea
        ref={field}
        aria-label={t("edit")}
        autoFocus={!restored}
        value={text}
        onValue={setText}
        onSubmit={save}
        // A single key press must not discard text.
        onEscape={() => !changed && cancel()}
        className="max-h-[50dvh] px-2 py-1.5"
      />
      <div className="mt-1 flex items-center justify-end gap-2">
        <AddImages onFiles={add} />
        <p className="me-auto px-2 text-[0.8125rem] text-muted-foreground max-sm:hidden">{t("keeps")}</p>
        <Button size="sm" variant="ghost" onClick={cancel}>
          {common("cancel")}
        </Button>
        <Button size="sm" variant="primary" disabled={!ready} onClick={save}>
          {t("send")}
        </Button>
      </div>
    </div>
  )
}

/** The message may start above the viewport. */
function useInView(moves: boolean): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (moves) box.current?.scrollIntoView({ block: "nearest" })
  }, [moves])
  return box
}

const isSameList = (a: Part[], b: Part[]): boolean => JSON.stringify(a) === JSON.stringify(b)

function AddImages({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("message")
  const files = useRef<HTMLInputElement>(null)
  return (
    <>
      <FileInput ref={files} accept="image/*" multiple hidden onFiles={onFiles} />
      <IconButton label={t("addImages")} onClick={() => files.current?.click()}>
        <ImagePlus className="size-4" />
      </IconButton>
    </>
  )
}

/** Uploads images one after the other and reports errors. */
function useAdding(count: number, onAdded: (part: Part) => void) {
  const t = useTranslations("composer")
  const [uploading, setUploading] = useState(false)
  const left = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    left.current = controller
    return () => controller.abort()
  }, [])
  const add = async (chosen: File[]) => {
    const { signal } = left.current
    if (count + chosen.length > MAX_ATTACHMENTS) toast.error(t("tooMany", { count: MAX_ATTACHMENTS }))
    setUploading(true)
    for (const file of chosen.slice(0, Math.max(0, MAX_ATTACHMENTS - count)))
      try {
        const { url, mediaType, name } = await uploadImage(file, signal)
        onAdded({ type: "file", url, mediaType, filename: name })
      } catch (error) {
        if (!signal.aborted) toast.error(sentenceOf(error))
      }
    if (!signal.aborted) setUploading(false)
  }
  return { uploading, add: (chosen: File[]) => void add(chosen) }
}
