"use client"

import { lazy, memo, Suspense } from "react"

const load = () => import("@/components/message/markdown/view")
const MarkdownView = lazy(load)

/** Fetches the renderer before the first answer comes. */
export const preloadMarkdown = (): void => void load()

/**
 * A model's text as markdown: one renderer for what streams and what is stored. Until it has loaded, the text itself
 * shows in the same metrics.
 */
export const Markdown = memo(function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <div className="prose-chat">
      <Suspense fallback={<p className="whitespace-pre-wrap">{text}</p>}>
        <MarkdownView text={text} streaming={streaming} />
      </Suspense>
    </div>
  )
})
