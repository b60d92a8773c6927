"use client"

import { ArrowDown } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ComponentType, type ReactNode, Suspense, useEffect, useRef } from "react"
import { focusWithoutKeyboard } from "@/components/base/focus"
import type { Conversation } from "@/components/chat/use-conversation"
import type { MergeModel } from "@/components/compare/merge-button"
import type { MessageListProps } from "@/components/message/message-list"
import { observeNearViewport } from "@/components/message/place/near"
import type { Follow } from "@/components/scroll/use-follow"
import { lazyPart } from "@/components/ui/lazy-part"
import { Spinner } from "@/components/ui/spinner"

const Comparison = lazyPart(() => import("@/components/compare/comparison"))

/** Runs while the page is parsed, so that it does not show its start before hydration. */
const OPEN_AT_END = "{const s=document.querySelector('[data-scroller]');s.scrollTop=s.scrollHeight}"

interface Props {
  conversation: Conversation
  /** Models that can merge the compared answers, the chat's own first. */
  mergers: MergeModel[]
  follow: Follow
  /** CSP nonce for this page's scripts. */
  nonce: string | undefined
  List: ComponentType<MessageListProps>
  /** The server rendered messages: show their end. */
  atEnd: boolean
  /** Shown while there are no messages. */
  children: ReactNode
}

/** The loaded messages, and what scrolls them. */
export function MessageLog({ conversation, mergers, follow, nonce, List, atEnd, children }: Props) {
  const t = useTranslations("chat")
  const { session, messages, siblings, awaited, busy } = conversation
  const empty = Boolean(children)
  return (
    <div className="text-fades relative min-h-0 flex-1">
      <div
        ref={follow.scroller}
        data-scroller
        // Reserves equal space on both sides for a scrollbar, so that messages line up with the composer.
        className="h-full overflow-y-auto overscroll-contain print:h-auto print:overflow-visible sm:[scrollbar-gutter:stable_both-edges]"
      >
        {children}
        <div
          ref={follow.content}
          role="log"
          // On a phone, focus moves here instead of opening the keyboard.
          tabIndex={-1}
          aria-live="off"
          aria-label={t("conversation")}
          aria-busy={busy}
          className={empty ? undefined : "pt-5 pb-6"}
        >
          <div className={empty ? undefined : "mx-auto w-full max-w-3xl px-4 sm:px-6 print:max-w-none print:px-0"}>
            {conversation.earlier > 0 && <Earlier key={messages[0]?.id} onNear={session.loadEarlier} />}
            {(messages.length > 0 || awaited) && (
              <List messages={messages} siblings={siblings} awaited={awaited} reopened={conversation.reopened} />
            )}
          </div>
          {conversation.compared.length > 0 && (
            <Suspense>
              <Comparison
                answers={conversation.compared}
                mergers={mergers}
                onKeep={session.keep}
                onReopen={session.reopen}
                onStop={session.stopOne}
                onJudge={session.judge}
                onMerge={session.merge}
              />
            </Suspense>
          )}
        </div>
      </div>
      {atEnd && <script nonce={nonce}>{OPEN_AT_END}</script>}
      {follow.away && <ToEnd writing={busy} onClick={follow.toEnd} />}
      {conversation.connection === "reconnecting" && <Reconnecting />}
    </div>
  )
}

/** Placeholder before the first loaded message: earlier ones are loaded when it comes near the viewport. */
function Earlier({ onNear }: { onNear: () => void }) {
  const t = useTranslations("chat")
  const place = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!place.current) return
    return observeNearViewport(place.current, ({ near }) => near && onNear())
  }, [onNear])
  return (
    <p
      ref={place}
      // Offscreen, its spinner does not animate, since each turn costs frames.
      className="flex h-12 items-center justify-center gap-2 text-[0.8125rem] print:hidden text-muted-foreground [content-visibility:auto]"
    >
      <Spinner className="size-3.5" /> {t("earlier")}
    </p>
  )
}

/** Button to scroll to the end; a spark indicates that something new is arriving there. */
function ToEnd({ writing, onClick }: { writing: boolean; onClick: () => void }) {
  const t = useTranslations("chat")
  const go = () => {
    // The focused button is about to be removed.
    focusWithoutKeyboard(document.getElementById("message"))
    onClick()
  }
  return (
    <button
      type="button"
      aria-label={t("toLatest")}
      data-tip={t("toLatest")}
      onClick={go}
      className="-translate-x-1/2 absolute bottom-3 left-1/2 z-10 grid print:hidden size-9 place-items-center rounded-full border pointer-coarse:size-10 bg-surface shadow-float hover:bg-muted"
    >
      <ArrowDown className="size-4" />
      {writing && <span className="absolute -top-0.5 end-0 size-2.5 rounded-full border-2 border-surface bg-spark" />}
    </button>
  )
}

/** Overlays the page, so that nothing moves; visible only after a short delay. */
function Reconnecting() {
  const t = useTranslations("chat")
  return (
    <p
      role="status"
      className="mark-late -translate-x-1/2 pointer-events-none absolute bottom-2 left-1/2 z-10 flex print:hidden items-center gap-2 whitespace-nowrap rounded-full border bg-surface px-3 py-1 text-[0.8125rem] text-muted-foreground shadow-float"
    >
      <Spinner className="size-3.5" /> {t("reconnecting")}
    </p>
  )
}
