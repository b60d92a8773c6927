"use client"

import { useTranslations } from "next-intl"
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef, useState } from "react"
import { isLargePaste, pastedName } from "@/components/composer/large-paste"
import { useInline } from "@/components/composer/use-inline"
import type { DraftStore } from "@/components/draft/draft"
import type { Uploads } from "@/components/uploads/uploads"

/**
 * Pasted files are attached, and so is a long text, with a way back. Ctrl+Shift+V pastes text as it is. `attached` is the
 * key of the long text that was pasted last; `inline` has the text of an attached file in the message instead.
 */
export function usePaste(draft: DraftStore, uploads: Uploads, field: RefObject<HTMLTextAreaElement | null>) {
  const t = useTranslations("files")
  const asItIs = useRef(false)
  const [attached, setAttached] = useState<string | null>(null)
  const { inline, onInput } = useInline(draft, uploads, field, setAttached)

  const onKeyDown = ({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent) => {
    asItIs.current = shiftKey && (ctrlKey || metaKey) && key.toLowerCase() === "v"
  }

  const attach = (text: string): boolean => {
    const names = draft.get().attachments.map(({ name }) => name)
    const name = pastedName(t("pastedName"), names)
    const key = uploads.addText({ name, mediaType: "text/plain", text })
    if (key) setAttached(key)
    return key !== null
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

  return { onPaste, onKeyDown, onInput, attached, inline }
}
