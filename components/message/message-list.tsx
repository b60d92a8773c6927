"use client"

import { useTranslations } from "next-intl"
import { type ComponentType, memo, type ReactNode, useEffect, useRef, useState } from "react"
import type { Siblings } from "@/components/base/branches"
import type { Edited } from "@/components/base/message-content"
import { imagesOf, textOf } from "@/components/base/message-content"
import { AnswerPlaceholder, AssistantMessage } from "@/components/message/assistant-message"
import { setOpen } from "@/components/message/place/folds"
import { estimateHeight, isInUse, observeNearViewport } from "@/components/message/place/near"
import { UserMessage } from "@/components/message/user-message"
import { usePrinting } from "@/components/print/printing"
import type { ChatMessage } from "@/lib/messages/types"

/** Estimated pixels of messages drawn at the initial scroll position before anything is measured. */
const DRAWN_FIRST_PX = 1_800

export type MessageFrame = ComponentType<{ message: ChatMessage; children: ReactNode }>

export interface MessageListProps {
  messages: ChatMessage[]
  /** For each message with alternatives: the ids of all of them, oldest first. */
  siblings?: Siblings
  /** Id of the requested answer that has not begun. */
  awaited?: string | null
  /** No editing or regenerating. Reading starts at the top. */
  readOnly?: boolean
  /** Wraps each message; must be one stable component, so that messages rerender only when they change. */
  Frame?: MessageFrame
  /** A message being edited again, with the text that the server rejected. */
  reopened?: (Edited & { messageId: string }) | null
}

/** The messages of a branch, first to last. Also used for shared conversations. */
export function MessageList({ messages, siblings = {}, awaited, readOnly = false, Frame, reopened }: MessageListProps) {
  const lastId = messages.at(-1)?.id
  const waiting = awaited && !messages.some(({ id }) => id === awaited)
  const isFar = useFar(messages, readOnly)
  const pictured = picturedBefore(messages)
  return (
    <div className="flex flex-col gap-4">
      {messages.map((message, index) => (
        <MessagePlace
          key={message.id}
          message={message}
          siblings={siblings[message.id]}
          last={message.id === lastId && !waiting}
          far={isFar(message.id, index)}
          readOnly={readOnly}
          Frame={Frame}
          pictured={pictured[index]}
          asked={index === 0 || messages[index - 1]?.role === "user"}
          reopened={reopened?.messageId === message.id ? reopened : undefined}
        />
      ))}
      {waiting && <AnswerPlaceholder key={awaited} id={awaited} />}
    </div>
  )
}

/** For each message, the last one before it with images. */
function picturedBefore(messages: ChatMessage[]): (ChatMessage | undefined)[] {
  let last: ChatMessage | undefined
  return messages.map((message) => {
    const before = last
    if (message.role === "user" && imagesOf(message).length > 0) last = message
    return before
  })
}

/** Which messages are far from the viewport when added: all but those of the first view, and those prepended later. */
function useFar(messages: ChatMessage[], fromTop: boolean): (id: string, index: number) => boolean {
  const [farFirst] = useState(() => beyondFirstView(fromTop ? messages : messages.toReversed()))
  const first = messages[0]?.id
  const [before, setBefore] = useState(first)
  useEffect(() => setBefore(first), [first])
  const added = before === first ? 0 : messages.findIndex(({ id }) => id === before)
  return (id, index) => farFirst.has(id) || index < added
}

/** Ids of the messages beyond those that fill the first view, for a list that starts there. */
function beyondFirstView(messages: ChatMessage[]): Set<string> {
  let height = 0
  const far = new Set<string>()
  for (const message of messages) {
    if (height > DRAWN_FIRST_PX) far.add(message.id)
    else height += estimateHeight(message)
  }
  return far
}

interface ItemProps {
  message: ChatMessage
  siblings: string[] | undefined
  last: boolean
  readOnly: boolean
  Frame: MessageFrame | undefined
  /** The message before it, if loaded, is a question. */
  asked: boolean
  /** The last preceding message with images. */
  pictured: ChatMessage | undefined
  reopened: Edited | undefined
}

interface PlaceProps extends ItemProps {
  /** Far from the viewport when added to the list. */
  far: boolean
}

/** A message's slot; the message is rendered when it is near the viewport. */
const MessagePlace = memo(
  function MessagePlace({ far, ...item }: PlaceProps) {
    const { message, last, reopened, Frame = Bare } = item
    const place = useRef<HTMLDivElement>(null)
    const [height, setHeight] = useState<number | null>(() => (far ? estimateHeight(message) : null))
    const printing = usePrinting()
    const held = last || reopened !== undefined

    useEffect(() => {
      const element = place.current
      if (!element) return
      return observeNearViewport(element, ({ near, height: measured }) => {
        if (near) setHeight(null)
        else if (!held && !isInUse(element)) setHeight((known) => known ?? measured)
      })
    }, [held])

    return (
      <div ref={place} data-place className="min-w-0 [contain:layout_style]">
        <Frame message={message}>
          {height === null || held || printing ? (
            <MessageItem {...item} />
          ) : (
            <FarMessage message={message} height={height} />
          )}
        </Frame>
      </div>
    )
  },
  // `far` matters only when the message is added.
  (before, { far: _, ...after }) =>
    Object.entries(after).every(([name, value]) => Object.is(value, before[name as keyof ItemProps])),
)

const Bare: MessageFrame = ({ children }) => children

function MessageItem({ message, Frame: _, pictured, ...rest }: ItemProps) {
  return message.role === "user" ? (
    <UserMessage message={message} {...rest} />
  ) : (
    <AssistantMessage message={message} pictured={pictured} {...rest} />
  )
}

/** A message far from the viewport: keeps its space and text without rendering it. */
function FarMessage({ message, height }: { message: ChatMessage; height: number }) {
  const t = useTranslations("message")
  /** Find-in-page searches its text too and brings it into view: opened, wherever the match is. */
  const untilFound = (element: HTMLElement | null) => {
    const onFound = () => setOpen(message.id, true)
    element?.setAttribute("hidden", "until-found")
    element?.addEventListener("beforematch", onFound)
    return () => element?.removeEventListener("beforematch", onFound)
  }
  return (
    <article
      data-message-id={message.id}
      data-role={message.role}
      data-status={message.metadata?.status ?? "complete"}
      aria-label={t(message.role === "user" ? "you" : "sparkler")}
      className="overflow-hidden noscript:h-auto!"
      style={{ height }}
    >
      <div ref={untilFound} className="noscript:wrap-anywhere noscript:whitespace-pre-wrap">
        {textOf(message)}
      </div>
    </article>
  )
}
