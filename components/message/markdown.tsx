"use client"

import { lazy, memo, Suspense } from "react"

const load = () => import("@/components/message/markdown/view")
const MarkdownView = lazy(load)

/** Fetches the renderer before the first answer comes. */
export const preloadMarkdown = (): void => void load()

export interface MarkdownProps {
  text: string
  streaming: boolean
  /** It has no end: what is open in it is closed. */
  brokeOff?: boolean
}

/**
 * A model's text as markdown: one renderer for what streams and what is stored. Until it has loaded, the text itself
 * shows in the same metrics.
 */
export const Markdown = memo(function Markdown({ text, streaming, brokeOff = false }: MarkdownProps) {
  return (
    <div className="prose-chat">
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <MarkdownView text={text} streaming={streaming} brokeOff={brokeOff} />
      </Suspense>
    </div>
  )
})
