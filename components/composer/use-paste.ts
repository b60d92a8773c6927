"use client"

import { useTranslations } from "next-intl"
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useRef, useState } from "react"
import { insertText } from "@/components/composer/insert-text"
import { isLargePaste, pastedName } from "@/components/composer/large-paste"
import type { Offer } from "@/components/composer/paste-offer"
import { useInline } from "@/components/composer/use-inline"
import type { DraftStore } from "@/components/draft/draft"
import type { Uploads } from "@/components/uploads/uploads"

/**
 * Attaches pasted files, and long text as a file that can be inlined again. Ctrl+Shift+V pastes text as is. `attached`
 * is the key of the last long text pasted; `inline` puts an attached file's text into the message instead. Text that is
 * an image URL, or comes with images, stays text; `offer` lists what could be attached.
 */
export function usePaste(draft: DraftStore, uploads: Uploads, field: RefObject<HTMLTextAreaElement | null>) {
  const t = useTranslations("files")
  const asItIs = useRef(false)
  const [attached, setAttached] = useState<string | null>(null)
  const { inline, onInput } = useInline(draft, uploads, field, setAttached)
  const offering = useOffer(draft, uploads, field)

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
    const { clipboardData } = event
    const files = [...clipboardData.files]
    const text = clipboardData.getData("text/plain")
    const html = clipboardData.getData("text/html")
    // Spreadsheet cells come as text, HTML and an image of them: the text is what was meant.
    const isPictureOfText = text !== "" && html !== ""
    if (files.length > 0 && !isPictureOfText) {
      event.preventDefault()
      uploads.add(files)
    } else if (!asItIs.current) {
      if (isLargePaste(text) && attach(text)) event.preventDefault()
      offering.look({ text, html, files })
    }
    asItIs.current = false
  }

  return { onPaste, onKeyDown, onInput, attached, inline, ...offering }
}

interface Pasted {
  text: string
  html: string
  files: File[]
}

/** What a paste contains besides its text. */
function useOffer(draft: DraftStore, uploads: Uploads, field: RefObject<HTMLTextAreaElement | null>) {
  const [offer, setOffer] = useState<Offer | null>(null)
  const look = async ({ text, html, files }: Pasted) => {
    setOffer(null)
    if (!html.includes("<img") && files.length === 0 && !text.includes("https://")) return
    // If the script can't be loaded, nothing is offered; the text is in the field.
    const pasted = await import("@/components/composer/pasted-pictures").catch(() => null)
    if (!pasted) return
    const addresses = pasted.addressesIn(text)
    if (addresses.length > 0) return setOffer({ files: [], addresses, replaces: text.trim() })
    const inHtml = pasted.picturesIn(html)
    const found = { files: [...files, ...inHtml.files], addresses: inHtml.addresses }
    if (found.files.length + found.addresses.length > 0) setOffer({ ...found, replaces: null })
  }
  const takeOffer = () => {
    if (!offer) return
    setOffer(null)
    uploads.add(offer.files)
    if (offer.addresses.length > 0) uploads.addAddresses(offer.addresses)
    const at = offer.replaces && field.current ? field.current.value.indexOf(offer.replaces) : -1
    if (field.current && offer.replaces && at >= 0) {
      field.current.setSelectionRange(at, at + offer.replaces.length)
      insertText(field.current, draft, "")
    } else field.current?.focus()
  }
  return { offer, look: (pasted: Pasted) => void look(pasted), takeOffer, dropOffer: () => setOffer(null) }
}
