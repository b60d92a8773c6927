"use client"

import { useTranslations } from "next-intl"
import { Fragment, type ReactNode, useMemo } from "react"
import { ChangeCard } from "@/components/message/change-card"
import { Markdown } from "@/components/message/markdown/markdown"
import { blocksAround } from "@/components/message/markdown/text/blocks-around"
import { newPartOf } from "@/lib/messages/change"
import type { StoredChange } from "@/lib/messages/change.types"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  message: ChatMessage
  change: StoredChange
  streaming: boolean
  /** Renders a part as in any other answer. */
  view: (part: ChatMessage["parts"][number], index: number) => ReactNode
}

/**
 * An answer in which one part is being changed, or awaits the user's decision: old and new are both shown in its place.
 */
export default function ChangedAnswer({ message, change, streaming, view }: Props) {
  const t = useTranslations("change")
  const { parts } = message
  const mark = parts.findLastIndex(({ type }) => type === "data-change")
  const made = newPartOf(parts, change)
  let texts = 0
  return (
    <section aria-label={t("answer")} className="flex flex-col gap-3">
      {parts.slice(0, mark).map((part, index) => {
        const here = part.type === "text" && texts++ === change.text
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever appended
          <Fragment key={index}>
            {here && part.type === "text" ? (
              <Around {...{ message, change, streaming, made }} text={part.text} />
            ) : (
              view(part, index)
            )}
          </Fragment>
        )
      })}
    </section>
  )
}

interface AroundProps extends Omit<Props, "view"> {
  text: string
  made: string
}

/** The text before the blocks that change, those blocks with the change, and the rest. */
function Around({ text, made, message, change, streaming }: AroundProps) {
  const isWhole = change.state === "open" && change.begun === undefined
  const end = change.start + (isWhole ? change.length : change.old.length)
  const [from, to] = useMemo(() => blocksAround(text, change.start, end), [text, change.start, end])
  return (
    <>
      {from > 0 && <Markdown text={text.slice(0, from)} streaming={false} />}
      <ChangeCard
        message={message}
        change={change}
        streaming={streaming}
        made={made}
        lead={text.slice(from, change.start)}
        trail={text.slice(end, to).trimEnd()}
      />
      {to < text.length && <Markdown text={text.slice(to)} streaming={false} />}
    </>
  )
}
