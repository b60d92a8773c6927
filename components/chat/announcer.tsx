"use client"

import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { textOf } from "@/components/base/message-content"
import { countComplete } from "@/components/session/comparison"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  messages: ChatMessage[]
  /** Compared answers. */
  compared: ChatMessage[]
  busy: boolean
}

/** Characters of an answer that are announced; the rest can be read in place. */
const MOST = 500

/**
 * Announces to screen readers when an answer begins and, once it ends, how it starts. The conversation itself is not a
 * live region, or every word would be announced as it arrives, and every old message that rerenders.
 */
export function Announcer({ messages, compared, busy }: Props) {
  const t = useTranslations("chat")
  const several = useTranslations("compare")
  const [said, setSaid] = useState("")
  const wasBusy = useRef(busy)
  const last = messages.at(-1)
  useEffect(() => {
    if (wasBusy.current === busy) return
    wasBusy.current = busy
    if (busy) return setSaid(t("answering"))
    if (compared.length > 0) return setSaid(several("ended", countComplete(compared)))
    if (last?.role !== "assistant") return setSaid("")
    const status = last.metadata?.status
    if (status === "failed" || status === "interrupted") return setSaid(t("answerBroke"))
    const text = spoken(textOf(last))
    const beginning = text.length > MOST ? `${text.slice(0, MOST).replace(/\s+\S*$/, "")}…` : text
    setSaid(t(status === "stopped" ? "answerStopped" : "answered", { text: beginning }))
  }, [busy, last, compared, several, t])
  return (
    <p role="status" className="sr-only" data-announced>
      {said}
    </p>
  )
}

/** Markdown as speech: without fences, markup and addresses. */
export const spoken = (markdown: string): string =>
  markdown
    .replace(/^(```|~~~).*$/gm, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+\.)[ \t]+/gm, "")
    // Code keeps its characters; `snake_case` and `2 * 3` are not markup.
    .replace(/`+([^`]*)`+|(?<![\p{L}\p{N}_])_+|_+(?![\p{L}\p{N}_])|\*+(?=[^\s*])|(?<=[^\s*])\*+|[~|`]+/gu, "$1")
    .replace(/\s+/g, " ")
    .trim()
