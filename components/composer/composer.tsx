"use client"

import { useTranslations } from "next-intl"
import { type KeyboardEvent, type ReactNode, type RefObject, Suspense, useEffect, useRef } from "react"
import { focusWithoutKeyboard, isTyping } from "@/components/base/focus"
import { useInBrowser, useStore } from "@/components/base/store"
import { ComposerControls } from "@/components/composer/composer-controls"
import { useDictation } from "@/components/composer/use-dictation"
import { useHeld } from "@/components/composer/use-held"
import { usePaste } from "@/components/composer/use-paste"
import { useSentHistory } from "@/components/composer/use-sent-history"
import type { Draft, DraftStore } from "@/components/draft/draft"
import { type SlashCommands, useSlashCommands } from "@/components/prompts/slash-commands"
import type { SlashTargets } from "@/components/prompts/use-slash"
import { lazyPart } from "@/components/ui/lazy-part"
import { Textarea } from "@/components/ui/textarea"
import type { Uploads } from "@/components/uploads/uploads"
import type { ModelInfo } from "@/lib/models/model.types"

const heldNotice = () => import("@/components/composer/held-notice")
const HeldNotice = lazyPart(heldNotice)
const attachmentList = () => import("@/components/attachments/attachment-list")
const AttachmentList = lazyPart(attachmentList)
const PasteOffer = lazyPart(() => import("@/components/composer/paste-offer"))

interface Props {
  draft: DraftStore
  uploads: Uploads
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  /** An answer is being written. */
  busy: boolean
  /** The answer was asked to stop. */
  stopping: boolean
  onSend: () => void
  onStop: () => void
  /** The user starts writing: an answer will be needed soon. */
  onWriting: () => void
  /** The user's previous messages, newest first. */
  recall: () => string[]
  /** Shown above the text field. */
  notice?: ReactNode
  /** Shown beside the other controls. */
  thinking?: ReactNode
  meter?: ReactNode
  /** What slash commands act on. */
  targets: SlashTargets
  /** The file input, for opening it from elsewhere. */
  files: RefObject<HTMLInputElement | null>
  /** The operator has disabled image uploads. */
  imagesOff?: boolean
}

/** The message input. Keeps its own state, so typing rerenders nothing else. */
export function Composer(props: Props) {
  const { draft, uploads, asked, busy, stopping, onSend, onStop, targets, recall, notice } = props
  const { thinking, meter, files, imagesOff } = props
  const current = useStore(draft)
  const field = useField(draft)
  const slash = useSlashCommands({ draft, field, targets })
  const history = useSentHistory(draft, field, recall)
  const pasting = usePaste(draft, uploads, field)
  const dictation = useDictation(draft, field)
  const { empty, waiting, held, send, sendAnyway, cancel } = useHeld({ draft: current, uploads, slash, onSend })
  usePreparedNotice(current)
  const toField = () => focusWithoutKeyboard(field.current)
  const stop = () => {
    toField()
    onStop()
  }
  return (
    <div className="mx-auto w-full max-w-3xl print:hidden px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5">
      {notice}
      {held ? <Held {...{ held, text: current.text, uploads, slash, toField, sendAnyway }} /> : slash.list}
      <form
        onSubmit={(event) => {
          // React bubbles submit events here from forms in dialogs above it, such as a document's.
          if (event.target !== event.currentTarget) return
          event.preventDefault()
          // The pressed button is about to be removed.
          toField()
          send()
        }}
        className="rounded-[20px] border border-input bg-surface shadow-[0_1px_3px_oklch(0.3_0.02_60/0.06)] transition-colors focus-within:border-ring"
      >
        <Attached {...{ current, uploads, asked, pasting, toField }} />
        {waiting && <Waiting onCancel={cancel} />}
        <MessageField
          {...props}
          {...{ field, pasting, send }}
          text={current.text}
          onLeave={dictation.state === "listening" ? dictation.stop : busy ? onStop : undefined}
          onKeys={[slash.onKeyDown, pasting.onKeyDown, history.onKeyDown]}
        />
        <ComposerControls
          {...{ draft, uploads, busy, stopping, thinking, meter, files, imagesOff, dictation }}
          output={current.output}
          sending={{ waiting, empty, stop }}
        />
      </form>
      {slash.dialog}
      <span role="status" className="sr-only">
        {history.said}
      </span>
    </div>
  )
}

interface AttachedProps extends Pick<Props, "uploads" | "asked"> {
  current: Draft
  pasting: ReturnType<typeof usePaste>
  toField: () => void
}

/** The attachments, and images offered to attach. The script loads with the first attachment. */
function Attached({ current: { attachments, unkept }, uploads, asked, pasting, toField }: AttachedProps) {
  const rest = useStore(uploads.rest)
  return (
    <>
      {(attachments.length > 0 || rest.length > 0) && (
        <Suspense>
          <AttachmentList
            {...{ attachments, unkept, uploads, asked }}
            pasted={pasting.attached}
            onRemoved={toField}
            onInline={pasting.inline}
          />
        </Suspense>
      )}
      {pasting.offer && (
        <Suspense>
          <PasteOffer
            offer={pasting.offer}
            onAttach={pasting.takeOffer}
            onDismiss={() => {
              pasting.dropOffer()
              toField()
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** The message was submitted and is sent when all uploads are complete. */
function Waiting({ onCancel }: { onCancel: () => void }) {
  const t = useTranslations("attachments")
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 px-4 pt-2 text-[0.8125rem] text-muted-foreground">
      {t("sendsLater")}
      <button
        type="button"
        onClick={onCancel}
        className="min-h-6 font-medium text-spark-text underline underline-offset-4"
      >
        {t("dontSend")}
      </button>
    </p>
  )
}

/** Preloads the notice for held messages, which may be needed when the network is gone. */
function usePreparedNotice({ attachments, text }: Draft): void {
  const mayHold = attachments.length > 0 || text.startsWith("/")
  useEffect(() => {
    if (mayHold) heldNotice().catch(() => {})
  }, [mayHold])
}

interface HeldProps {
  held: NonNullable<ReturnType<typeof useHeld>["held"]>
  text: string
  uploads: Uploads
  slash: SlashCommands
  toField: () => void
  sendAnyway: () => void
}

/** Why a message was not sent yet, and how to proceed. */
function Held({ held, text, uploads, slash, toField, sendAnyway }: HeldProps) {
  return (
    <Suspense>
      <HeldNotice
        held={held}
        onRetry={(keys) => {
          for (const key of keys) uploads.retry(key)
          toField()
        }}
        onWrite={(command) => slash.write(text.replace(/^\/\S+/, `/${command}`))}
        onSendAnyway={() => {
          toField()
          sendAnyway()
        }}
      />
    </Suspense>
  )
}

interface MessageFieldProps extends Pick<Props, "draft" | "onWriting"> {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  pasting: ReturnType<typeof usePaste>
  send: () => void
  onLeave: (() => void) | undefined
  onKeys: ((event: KeyboardEvent<HTMLTextAreaElement>) => void)[]
}

function MessageField({ draft, onWriting, field, text, pasting, send, onLeave, onKeys }: MessageFieldProps) {
  const typesByKeys = useInBrowser(hasKeyboard)
  const t = useTranslations("composer")
  return (
    <Textarea
      ref={field}
      id="message"
      aria-label={t("message")}
      placeholder={t(typesByKeys ? "placeholderKeys" : "placeholder")}
      value={text}
      onValue={(value) => {
        onWriting()
        draft.update(() => ({ text: value }))
      }}
      onSubmit={send}
      onEscape={onLeave}
      onKeyDown={(event) => {
        for (const onKey of onKeys) onKey(event)
      }}
      onPaste={pasting.onPaste}
      onInput={pasting.onInput}
      onBlur={draft.flush}
      className="max-h-[40dvh] min-h-12 px-4 pt-3 pb-1 text-base sm:text-[0.9375rem]"
    />
  )
}

/** A device with a mouse has a keyboard. */
const hasKeyboard = () => window.matchMedia("(min-width: 640px) and (hover: hover) and (pointer: fine)").matches

/** The text field: takes over text typed before hydration, and is focused where that opens no on-screen keyboard. */
function useField(draft: DraftStore): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const typed = field.current?.value
    if (typed && !draft.get().text) draft.update(() => ({ text: typed }))
    // The page may have loaded while the user is renaming a chat in the list.
    if (!isTyping()) focusWithoutKeyboard(field.current)
  }, [draft])
  return field
}
