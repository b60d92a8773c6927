"use client"

import { useTranslations } from "next-intl"
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef, useState } from "react"
import type { DraftStore } from "@/components/composer/draft"
import { insertText } from "@/components/composer/insert-text"
import { isLargePaste, pastedName } from "@/components/composer/large-paste"
import type { Uploads } from "@/components/composer/use-uploads"

export interface Paste {
  onKeyDown: (event: KeyboardEvent) => void
  onPaste: (event: ClipboardEvent) => void
  /** The long text that was pasted last and is attached: its key, and how to have it in the message instead. */
  attached: { key: string; putBack: () => void } | null
}

/**
 * Pasted files are attached, and so is a long text, with a way back. Ctrl+Shift+V pastes text as it is.
 */
export function usePaste(draft: DraftStore, uploads: Uploads, field: RefObject<HTMLTextAreaElement | null>): Paste {
  const t = useTranslations("files")
  const asItIs = useRef(false)
  const [attached, setAttached] = useState<{ key: string; text: string } | null>(null)

  const onKeyDown = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent) => {
    asItIs.current = shiftKey && (ctrlKey || metaKey) && key.toLowerCase() === "v"
  }

  const attach = (text: string): boolean => {
    const names = draft.get().attachments.map(({ name }) => name)
    const name = pastedName(t("pastedName"), names)
    const key = uploads.addText({ name, mediaType: "text/plain", text })
    if (key) setAttached({ key, text })
    return key !== null
  }

  const putBack = ({ key, text }: { key: string; text: string }) => {
    if (!field.current) return
    uploads.remove(key)
    setAttached(null)
    insertText(field.current, draft, text)
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

  return { onPaste, onKeyDown, attached: attached && { key: attached.key, putBack: () => putBack(attached) } }
}
