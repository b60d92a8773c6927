"use client"

import { useTranslations } from "next-intl"
import { useEffect, useMemo, useRef } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import type { DraftStore } from "@/components/draft/draft"
import { formatBytes } from "@/components/files/facts"
import { Uploads } from "@/components/uploads/uploads"

/**
 * Takes what is attached, each file by itself, and keeps the draft's attachments current: text is read here, all else
 * is uploaded at once. `messageChars` is what a message may have, its files together.
 */
export function useUploads(draft: DraftStore, messageChars: number): Uploads {
  const composer = useTranslations("composer")
  const files = useTranslations("files")
  const locale = useFormatLocale()
  // Another language, chosen meanwhile, must not end what is on its way.
  const texts = useRef({ composer, files, locale })
  useEffect(() => {
    texts.current = { composer, files, locale }
  }, [composer, files, locale])
  const uploads = useMemo(
    () =>
      new Uploads(draft, messageChars, {
        lost: (name) => texts.current.composer("lost", { name }),
        wrong: (reason, { bytes, ...facts }) =>
          texts.current.files(`wrong.${reason}`, { ...facts, size: formatBytes(bytes, texts.current.locale) }),
      }),
    [draft, messageChars],
  )
  // What was on its way when the page was left is known as soon as the draft is read.
  useEffect(() => {
    uploads.adopt()
    return draft.subscribe(uploads.adopt)
  }, [draft, uploads])
  // A moment later: what another page has taken over goes on.
  useEffect(() => () => void setTimeout(uploads.stop), [uploads])
  return uploads
}
