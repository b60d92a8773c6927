"use client"

import { FoldVertical } from "lucide-react"
import { useTranslations } from "next-intl"
import { Suspense, useEffect, useEffectEvent, useRef, useState } from "react"
import { focusWhenRendered } from "@/components/base/focus"
import { attachedOf, documentsOf, type Edited, filesOf, imagesOf, textOf } from "@/components/base/message-content"
import { MessageDocuments } from "@/components/documents/message-documents"
import { MessageFiles } from "@/components/files/message-files"
import { MessageActions } from "@/components/message/actions/message-actions"
import { useMessageContext } from "@/components/message/parts/message-context"
import { MessageImages } from "@/components/message/parts/message-images"
import { foldedQuestion, setOpen, useOpen } from "@/components/message/place/folds"
import { savedEdit } from "@/components/message/saved-edits"
import { usePrinting } from "@/components/print/printing"
import { lazyPart } from "@/components/ui/lazy-part"
import { toast } from "@/components/ui/toast"
import type { ChatMessage } from "@/lib/messages/types"

const editMessage = () => import("@/components/message/edit-message")
const EditMessage = lazyPart(editMessage)

interface Props {
  message: ChatMessage
  siblings: string[] | undefined
  last: boolean
  readOnly: boolean
  reopened: Edited | undefined
}

export function UserMessage({ message, siblings, last, readOnly, reopened }: Props) {
  const t = useTranslations("message")
  const { handlers } = useMessageContext()
  const [editing, setEditing] = useState<Edited | null>(null)
  const [seen, setSeen] = useState<Edited>()
  // The server rejected an edit: restores the typed text, once.
  if (reopened !== seen) {
    setSeen(reopened)
    if (reopened) setEditing(reopened)
  }
  const { article, cancelled } = useCancelled(() => setEditing(null))
  const restored = useRestoredEdit(message.id, readOnly, setEditing)
  const text = textOf(message)
  const original = { text, attached: attachedOf(message) }
  if (message.parts.some(({ type }) => type === "data-summary")) return <SummaryMark message={message} />
  // If the script can't be loaded, the message stays as is, and editing can be tried again.
  const edit = () =>
    void editMessage().then(
      () => setEditing(original),
      () => toast.error(t("noEdit")),
    )
  const save = (edited: Edited) => {
    setEditing(null)
    handlers?.edit(message.id, edited)
  }
  return (
    <article
      ref={article}
      data-message-id={message.id}
      data-role="user"
      data-status={message.metadata?.status ?? "complete"}
      aria-label={t("you")}
      className="group/message flex flex-col items-end"
    >
      <div className="flex w-full flex-col items-end gap-1.5 [&>*]:max-w-[min(85%,36rem)]">
        {editing === null && <Attachments message={message} />}
        {editing === null && text && <UserText messageId={message.id} text={text} />}
      </div>
      {editing !== null && (
        <Suspense>
          <EditMessage
            messageId={message.id}
            original={original}
            edited={editing}
            restored={editing === restored}
            onSave={save}
            onCancel={cancelled}
          />
        </Suspense>
      )}
      {editing === null && (
        // Shown on hover in the space between messages, taking up none of its own.
        <div className="[@media(hover:hover)]:-mt-1 [@media(hover:hover)]:-mb-4 print:m-0!">
          <MessageActions message={message} siblings={siblings} last={last} readOnly={readOnly} onEdit={edit} />
        </div>
      )}
    </article>
  )
}

function Attachments({ message }: { message: ChatMessage }) {
  return (
    <>
      <MessageImages images={imagesOf(message)} />
      <MessageDocuments documents={documentsOf(message)} />
      <MessageFiles files={filesOf(message)} />
    </>
  )
}

/** Reopens an unsent edit that was started before the page was loaded. */
function useRestoredEdit(id: string, readOnly: boolean, open: (edited: Edited) => void): Edited | null {
  const { linkTo } = useMessageContext()
  const [restored, setRestored] = useState<Edited | null>(null)
  const lasts = linkTo !== null
  const restore = useEffectEvent(() => {
    const kept = readOnly ? null : savedEdit(id, lasts)
    if (!kept) return
    setRestored(kept)
    open(kept)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per message
  useEffect(restore, [id])
  return restored
}

/** Ends a canceled edit and returns focus to the button that started it. */
function useCancelled(end: () => void) {
  const article = useRef<HTMLElement>(null)
  const cancelled = () => {
    end()
    focusWhenRendered(() => article.current?.querySelector<HTMLElement>("[data-edit]"))
  }
  return { article, cancelled }
}

/** From here on the model gets the summary that follows instead. */
function SummaryMark({ message }: { message: ChatMessage }) {
  const t = useTranslations("context")
  return (
    <article
      data-message-id={message.id}
      data-role="user"
      data-status={message.metadata?.status ?? "complete"}
      aria-label={t("mark")}
      className="flex items-center gap-3 py-2 text-[0.8125rem] text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border"
    >
      <span className="flex items-center gap-1.5">
        <FoldVertical className="size-3.5" aria-hidden /> {t("mark")}
      </span>
    </article>
  )
}

function UserText({ messageId, text }: { messageId: string; text: string }) {
  const t = useTranslations("message")
  const printing = usePrinting()
  const open = useOpen(messageId) || printing
  const folded = foldedQuestion(text)
  return (
    <div className="rounded-xl rounded-br-sm bg-muted px-4 py-2.5 print:border">
      <p dir="auto" data-words="" className="wrap-anywhere whitespace-pre-wrap leading-relaxed">
        {folded === null || open ? text : folded}
      </p>
      {folded !== null && !open && (
        <HiddenRest text={text.slice(folded.length - 1)} onFound={() => setOpen(messageId, true)} />
      )}
      {folded !== null && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(messageId, !open)}
          className="mt-1.5 font-medium print:hidden text-[0.8125rem] text-spark-text underline underline-offset-4"
        >
          {open ? t("showLess") : t("showAll", { count: text.length })}
        </button>
      )}
    </div>
  )
}

/** The folded text, which find-in-page also searches. */
function HiddenRest({ text, onFound }: { text: string; onFound: () => void }) {
  const listen = (element: HTMLElement | null) => {
    element?.setAttribute("hidden", "until-found")
    element?.addEventListener("beforematch", onFound)
    return () => element?.removeEventListener("beforematch", onFound)
  }
  return (
    <div ref={listen} className="wrap-anywhere whitespace-pre-wrap leading-relaxed">
      {text}
    </div>
  )
}
