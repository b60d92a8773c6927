"use client"

import { useTranslations } from "next-intl"
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef } from "react"
import { toast } from "sonner"
import type { DraftStore } from "@/components/composer/draft"
import { insertText } from "@/components/composer/insert-text"
import { isLargePaste, pastedName } from "@/components/composer/large-paste"
import type { Uploads } from "@/components/composer/use-uploads"

/** Milliseconds that the way back is offered beside the field; the file itself offers it as long as it is there. */
const OFFERED_MS = 10_000

/**
 * Pasted files are attached, and so is a long text, with a way to have it in the message instead. Ctrl+Shift+V pastes
 * text as it is.
 */
export function usePaste(draft: DraftStore, uploads: Uploads, field: RefObject<HTMLTextAreaElement | null>) {
  const t = useTranslations("files")
  const asItIs = useRef(false)

  const onKeyDown = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent) => {
    asItIs.current = shiftKey && (ctrlKey || metaKey) && key.toLowerCase() === "v"
  }

  const attach = (text: string): boolean => {
    const names = draft.get().attachments.map(({ name }) => name)
    const name = pastedName(t("pastedName"), names)
    const key = uploads.addText({ name, mediaType: "text/plain", text })
    if (!key) return false
    const putBack = () => {
      if (!field.current || !draft.get().attachments.some((attachment) => attachment.key === key)) return
      uploads.remove(key)
      insertText(field.current, draft, text)
    }
    toast(t("pasted", { name }), { action: { label: t("asText"), onClick: putBack }, duration: OFFERED_MS })
    return true
  }

  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files]
    const text = event.clipboardData.getData("text/plain")
    // A spreadsheet's cells come as text, as HTML and as a picture of it: the text is what was meant.
    const isPictureOfText = text !== "" && event.clipboardData.types.includes("text/html")
    if (files.length > 0 && !isPictureOfText) {
      event.preventDefault()
      uploads.add(files)
    } else if (!asItIs.current && isLargePaste(text) && attach(text)) event.preventDefault()
    asItIs.current = false
  }

  return { onPaste, onKeyDown }
}
