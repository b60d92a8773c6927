"use client"

import { useTranslations } from "next-intl"
import { useEffect, useMemo, useRef } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import type { DraftStore } from "@/components/draft/draft"
import { formatBytes } from "@/components/files/facts"
import { Uploads } from "@/components/uploads/uploads"

/**
 * Processes each attachment and keeps the draft up to date: text is read here, anything else is uploaded immediately.
 * `messageChars` is the limit for a message's files together.
 */
export function useUploads(draft: DraftStore, messageChars: number): Uploads {
  const composer = useTranslations("composer")
  const files = useTranslations("files")
  const locale = useFormatLocale()
  // A change of language must not abort uploads in progress.
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
  // Uploads in progress when the page was left are known once the draft is loaded.
  useEffect(() => {
    uploads.adopt()
    return draft.subscribe(uploads.adopt)
  }, [draft, uploads])
  // Deferred: uploads taken over by another page continue.
  useEffect(() => () => void setTimeout(uploads.stop), [uploads])
  return uploads
}
