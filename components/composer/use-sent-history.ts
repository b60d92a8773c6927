"use client"

import { useTranslations } from "next-intl"
import { type KeyboardEvent, type RefObject, useRef, useState } from "react"
import { replaceText } from "@/components/composer/insert-text"
import { step, type Walk } from "@/components/composer/sent-history"
import type { DraftStore } from "@/components/draft/draft"

/** Maximum characters of a message announced to screen readers. */
const MAX_SAID = 200

const isKey = (key: string): key is "ArrowUp" | "ArrowDown" | "Escape" =>
  key === "ArrowUp" || key === "ArrowDown" || key === "Escape"

/** ↑ in an empty field recalls previous messages, ↓ and Escape leave again. `said` is for screen readers. */
export function useSentHistory(
  draft: DraftStore,
  field: RefObject<HTMLTextAreaElement | null>,
  recall: () => string[],
) {
  const t = useTranslations("composer")
  const walk = useRef<Walk | null>(null)
  const [said, setSaid] = useState("")

  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event
    // The last announcement is outdated.
    if (!isKey(key)) setSaid("")
    // 229: the key is handled by an input method.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    const modified = event.shiftKey || event.altKey || event.ctrlKey || event.metaKey
    if (event.defaultPrevented || composing || modified || !isKey(key) || !field.current) return
    const { value, selectionStart: start, selectionEnd: end } = field.current
    const next = step(walk.current, key, { value, start, end }, recall)
    if (!next) return
    event.preventDefault()
    walk.current = next.walk
    if (next.text !== value) replaceText(field.current, draft, next.text, next.caret)
    const { walk: going, text } = next
    if (!going) return setSaid(text ? "" : t("leftSent"))
    const place = { place: going.at + 1, count: going.entries.length }
    setSaid(t("sentBefore", { ...place, text: text.slice(0, MAX_SAID) }))
  }
  return { onKeyDown, said }
}
