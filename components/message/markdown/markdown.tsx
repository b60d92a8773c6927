"use client"

import { useTranslations } from "next-intl"
import { memo, type ReactNode, Suspense, useMemo, useState } from "react"
import { loadMarkdown } from "@/components/message/markdown/load"
import { BrowserOnly, FallbackWithinBudget, ServerBudget } from "@/components/message/markdown/server-share"
import { beginningOf, type Piece, piecesOf } from "@/components/message/markdown/text/pieces"
import { lazyWithFallback } from "@/components/ui/lazy-part"

export interface MarkdownProps {
  text: string
  streaming: boolean
  /** The text is incomplete: open syntax is closed. */
  brokeOff?: boolean
  /** Index among the parts of an answer, if it is one. */
  part?: number
}

/**
 * A model's text as Markdown, with one renderer for streamed and stored text. Until it has loaded, the plain text shows
 * in the same metrics. The same applies to text the server has no time for, until the browser renders it, and
 * permanently, with a note, to text that would take too long anywhere.
 */
export const Markdown = memo(function Markdown({ text, streaming, brokeOff = false, part }: MarkdownProps) {
  // Decided once: a growing text keeps its place.
  const [long] = useState(text.length > LONG)
  const pieces = <Pieces text={text} streaming={streaming} brokeOff={brokeOff} />
  return (
    <div className="prose-chat" data-words={part ?? ""}>
      {long ? (
        <Suspense fallback={<LongText text={text} />}>
          <BrowserOnly>{pieces}</BrowserOnly>
        </Suspense>
      ) : (
        pieces
      )}
    </div>
  )
})

/** Characters beyond which the server does not even estimate a text and shows only its beginning. */
const LONG = 60_000

/**
 * A long text until the browser renders it, and permanently without JavaScript: as Markdown up to a limit, then as
 * written.
 */
function LongText({ text }: { text: string }) {
  const { text: begun, rest, ms } = useMemo(() => beginningOf(text), [text])
  return (
    <FallbackWithinBudget ms={ms} instead={<Plain text={text} />}>
      {begun && <MarkdownView text={begun} streaming={false} />}
      <Plain text={rest} />
    </FallbackWithinBudget>
  )
}

const Plain = ({ text }: { text: string }) => <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>

const MarkdownView = lazyWithFallback(loadMarkdown, Plain)

type PieceProps = Required<Omit<MarkdownProps, "part">>

function Pieces({ text, streaming, brokeOff }: PieceProps) {
  const pieces = useMemo(() => piecesOf(text), [text])
  return (
    <>
      {pieces.map((piece, index) => {
        const last = index === pieces.length - 1
        return (
          // Pieces are only ever appended, so the index is a stable key.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <PieceView key={index} {...piece} streaming={streaming && last} brokeOff={brokeOff && last} />
        )
      })}
    </>
  )
}

/** Rendered by the server if it has that many milliseconds; otherwise it sends the text, and the browser renders it. */
function InTime({ text, ms, pieces }: { text: string; ms: number; pieces: ReactNode }) {
  return (
    <Suspense fallback={<Plain text={text} />}>
      <ServerBudget ms={ms}>{pieces}</ServerBudget>
    </Suspense>
  )
}

const PieceView = memo(function PieceView({ text, plain, ms, ...rest }: Piece & PieceProps) {
  if (plain) return <PlainPiece text={text} />
  return <InTime text={text} ms={ms} pieces={<MarkdownView text={text} {...rest} />} />
})

function PlainPiece({ text }: { text: string }) {
  const t = useTranslations("reading")
  return (
    <>
      <p role="note" className="text-muted-foreground text-sm">
        {t("shownPlain")}
      </p>
      <Plain text={text} />
    </>
  )
}
