"use client"

import { Suspense } from "react"
import { type Part, textOf } from "@/components/base/message-content"
import { Markdown } from "@/components/message/markdown/markdown"
import { MIN_COST_MS, ServerBudget } from "@/components/message/markdown/server-share"
import { OmittedNote, UnavailableServersNote } from "@/components/message/omitted-note"
import { useMessageContext } from "@/components/message/parts/message-context"
import { MessageImages } from "@/components/message/parts/message-images"
import { Reasoning } from "@/components/message/parts/reasoning"
import { SteerNote } from "@/components/message/parts/steer-note"
import { showSource } from "@/components/message/show-source"
import { foldedPartIndexes } from "@/components/tools/fold-calls"
import { FoldedCalls } from "@/components/tools/folded-calls"
import { isShown, ToolPart } from "@/components/tools/tool-part"
/** Renders an answer as its parts, or in one of the alternative views. */
import { lazyPart, lazyWithFallback } from "@/components/ui/lazy-part"
import { Spinner } from "@/components/ui/spinner"
import { waitingCalls } from "@/lib/messages/asked-for"
import type { ChatMessage } from "@/lib/messages/types"
import { editsOf } from "@/lib/output/answer/edits"
import { displayedText } from "@/lib/output/answer/quoted"
import { repairOf } from "@/lib/output/answer/repair"

const LikelyWords = lazyPart(() => import("@/components/message/parts/likely-words"))
/** Raw data until its viewer is loaded. */
const RawData = ({ text }: { text: string }) => (
  <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-[0.8125rem]">{text}</pre>
)
const StructuredAnswer = lazyWithFallback(() => import("@/components/output/structured-answer"), RawData)

export interface PartProps {
  part: Part
  /** Index among the answer's parts. */
  place?: number
  streaming: boolean
  /** Milliseconds of reasoning, once known. */
  thoughtMs: number | undefined
  /** The answer is incomplete. */
  brokeOff?: boolean
  /** Id of the message whose calls may be waiting for the reader's approval. */
  asking?: string
}

/** Display options shared by all parts of an answer. */
export type Shown = Omit<PartProps, "part" | "place">

/** Only the answer's total reasoning time is measured, so it is shown only when there is a single reasoning part. */
export const reasoningDurationMs = ({ parts, metadata }: ChatMessage) =>
  parts.filter(({ type }) => type === "reasoning").length === 1 ? metadata?.reasoningMs : undefined

export function PartView({ part, place, streaming, thoughtMs, brokeOff, asking }: PartProps) {
  if (part.type === "text")
    return part.text ? <Markdown text={part.text} part={place} streaming={streaming} brokeOff={brokeOff} /> : null
  if (part.type === "reasoning")
    return part.text ? (
      <Reasoning text={part.text} streaming={streaming && part.state === "streaming"} tookMs={thoughtMs} />
    ) : null
  if (part.type === "file") return part.mediaType.startsWith("image/") ? <MessageImages images={[part]} /> : null
  if (part.type === "data-left-out") return <OmittedNote {...part.data} />
  if (part.type === "data-steer") return <SteerNote text={part.data.text} />
  if (part.type === "data-away") return <UnavailableServersNote {...part.data} />
  return "toolCallId" in part ? <ToolPart part={part} streaming={streaming} asking={asking} /> : null
}

/** Number of parts the server renders without estimating their cost. */
const FEW_PARTS = 50

/**
 * The parts of an answer. When there are many, the server renders as many as its time budget allows; the browser
 * renders all.
 */
export function Parts({ message, shown }: { message: ChatMessage; shown: Shown }) {
  // Parts are only ever appended, so the index is a stable key.
  const view = (place: number) => {
    const part = message.parts[place]
    return part && <PartView key={place} part={part} place={place} {...shown} />
  }
  const groups = foldedPartIndexes(
    message.parts,
    shown.streaming || (shown.asking !== undefined && waitingCalls(message.parts) > 0),
    isShown,
  )
  const views = groups.map((places) => {
    const [first = 0, ...more] = places
    if (more.length === 0) return view(first)
    return (
      <FoldedCalls key={first} parts={message.parts.slice(first, first + places.length)}>
        {places.map(view)}
      </FoldedCalls>
    )
  })
  const rest = message.parts.slice(FEW_PARTS)
  return (
    <>
      {views.slice(0, FEW_PARTS)}
      {rest.length > 0 && (
        <Suspense fallback={<p className="wrap-anywhere whitespace-pre-wrap">{textOf({ parts: rest })}</p>}>
          <ServerBudget ms={rest.length * MIN_COST_MS}>{views.slice(FEW_PARTS)}</ServerBudget>
        </Suspense>
      )}
    </>
  )
}

const sourcesIn = (parts: ChatMessage["parts"]) =>
  parts.flatMap((part) => (part.type === "data-sources" ? part.data.values : []))

interface StructuredProps {
  message: ChatMessage
  streaming: boolean
  readOnly: boolean
}

/** An answer in the requested output format: the data, and the reasoning before it. */
export function Structured({ message, streaming, readOnly }: StructuredProps) {
  const text = displayedText(message)
  const { handlers, busy, beside } = useMessageContext()
  const repair = repairOf(message.parts)
  return (
    <>
      {message.parts.map((part, index) =>
        part.type === "text" ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever appended
          <PartView key={index} part={part} streaming={streaming} thoughtMs={reasoningDurationMs(message)} />
        ),
      )}
      <Suspense fallback={<RawData text={text} />}>
        <StructuredAnswer
          text={text}
          request={message.metadata?.output}
          check={message.metadata?.outputCheck}
          streaming={streaming}
          repairing={repair?.state === "asked" && streaming ? repair.places.length : undefined}
          repaired={repair && repair.state !== "asked" ? repair.state : undefined}
          onRepair={handlers && !readOnly && !beside ? () => handlers.repair(message.id) : undefined}
          busy={busy}
          sources={sourcesIn(message.parts)}
          onSource={showSource}
          edits={editsOf(message.parts)}
          onEdit={handlers && !readOnly && !streaming ? (values) => handlers.editValues(message.id, values) : undefined}
        />
      </Suspense>
    </>
  )
}

export const hasAlternatives = ({ parts }: ChatMessage) => parts.some(({ type }) => type === "data-alternatives")

/** An answer with its token probabilities; reasoning and tools are shown as usual. */
export function Likely({ message }: { message: ChatMessage }) {
  return message.parts.map((part, index) =>
    part.type === "data-alternatives" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever appended
      <Suspense key={index} fallback={<Spinner />}>
        <LikelyWords {...part.data} />
      </Suspense>
    ) : part.type === "text" ? null : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever appended
      <PartView key={index} part={part} streaming={false} thoughtMs={reasoningDurationMs(message)} />
    ),
  )
}
