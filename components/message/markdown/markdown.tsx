"use client"

import { useTranslations } from "next-intl"
import { memo, type ReactNode, Suspense, useMemo, useState } from "react"
import { loadMarkdown } from "@/components/message/markdown/load"
import { InBrowser, ServerShare, Shortly } from "@/components/message/markdown/server-share"
import { beginningOf, type Piece, piecesOf } from "@/components/message/markdown/text/pieces"
import { lazyLook } from "@/components/ui/lazy-part"

export interface MarkdownProps {
  text: string
  streaming: boolean
  /** It has no end: what is open in it is closed. */
  brokeOff?: boolean
  /** Its place among the parts of an answer, where it is one. */
  part?: number
}

/**
 * A model's text as markdown: one renderer for what streams and what is stored. Until it has loaded, the text itself
 * shows in the same metrics. So does what the server has no time for, until the browser shows it; and for good, with a
 * note, what would take too long anywhere.
 */
export const Markdown = memo(function Markdown({ text, streaming, brokeOff = false, part }: MarkdownProps) {
  // Once for all: a growing text stays in its place.
  const [long] = useState(text.length > LONG)
  const pieces = <Pieces text={text} streaming={streaming} brokeOff={brokeOff} />
  return (
    <div className="prose-chat" data-words={part ?? ""}>
      {long ? (
        <Suspense fallback={<LongText text={text} />}>
          <InBrowser>{pieces}</InBrowser>
        </Suspense>
      ) : (
        pieces
      )}
    </div>
  )
})

/** Characters of a text that the server does not even measure: it shows how it begins. */
const LONG = 60_000

/** A long text until the browser shows it, and for good where no script runs: as Markdown up to a bound, then as it was written. */
function LongText({ text }: { text: string }) {
  const { text: begun, rest, ms } = useMemo(() => beginningOf(text), [text])
  return (
    <Shortly ms={ms} instead={<Plain text={text} />}>
      {begun && <MarkdownView text={begun} streaming={false} />}
      <Plain text={rest} />
    </Shortly>
  )
}

const Plain = ({ text }: { text: string }) => <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>

const MarkdownView = lazyLook(loadMarkdown, Plain)

type PieceProps = Required<Omit<MarkdownProps, "part">>

function Pieces({ text, streaming, brokeOff }: PieceProps) {
  const pieces = useMemo(() => piecesOf(text), [text])
  return (
    <>
      {pieces.map((piece, index) => {
        const last = index === pieces.length - 1
        return (
          // Pieces are only ever appended: the place is the identity.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <PieceView key={index} {...piece} streaming={streaming && last} brokeOff={brokeOff && last} />
        )
      })}
    </>
  )
}

/** What the server shows when it has so many milliseconds; else it sends the text, and the browser shows it. */
function InTime({ text, ms, pieces }: { text: string; ms: number; pieces: ReactNode }) {
  return (
    <Suspense fallback={<Plain text={text} />}>
      <ServerShare ms={ms}>{pieces}</ServerShare>
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
