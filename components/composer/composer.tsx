"use client"

import { Braces, Paperclip, X } from "lucide-react"
import dynamic from "next/dynamic"
import { useTranslations } from "next-intl"
import { lazy, type ReactNode, type RefObject, useEffect, useRef, useState } from "react"
import { useStore } from "@/components/base/store"
import { AttachmentList } from "@/components/composer/attachment-list"
import { DictateButton } from "@/components/composer/dictate-button"
import { focusWithoutKeyboard } from "@/components/composer/focus"
import { outputLabel } from "@/components/composer/output-label"
import { SendButtons } from "@/components/composer/send-buttons"
import { useDictation } from "@/components/composer/use-dictation"
import { useHeld } from "@/components/composer/use-held"
import { usePaste } from "@/components/composer/use-paste"
import { useSentHistory } from "@/components/composer/use-sent-history"
import type { DraftStore } from "@/components/draft/draft"
import { useSlashCommands } from "@/components/prompts/slash-commands"
import type { SlashTargets } from "@/components/prompts/use-slash"
import { IconButton } from "@/components/ui/icon-button"
import { Later } from "@/components/ui/later"
import { Textarea } from "@/components/ui/textarea"
import type { Uploads } from "@/components/uploads/use-uploads"
import { cn } from "@/lib/cn"

const heldNotice = () => import("@/components/composer/held-notice")
const HeldNotice = lazy(heldNotice)
const OutputDialog = dynamic(() => import("@/components/composer/output-dialog"), { ssr: false })

interface Props {
  draft: DraftStore
  uploads: Uploads
  /** An answer is being written. */
  busy: boolean
  /** It was asked to stop. */
  stopping: boolean
  onSend: () => void
  onStop: () => void
  /** The person begins to write: an answer will be needed soon. */
  onWriting: () => void
  /** What the person sent before, newest first. */
  recall: () => string[]
  /** Something to say above the field. */
  notice?: ReactNode
  /** Beside the other controls. */
  thinking?: ReactNode
  meter?: ReactNode
  /** What commands behind a slash act on. */
  targets: SlashTargets
  /** The file chooser, for who wants to open it from elsewhere. */
  files: RefObject<HTMLInputElement | null>
}

/** Where a message is written. Its state is its own: typing renders nothing but this. */
export function Composer(props: Props) {
  const { draft, uploads, busy, stopping, onSend, onStop, onWriting, targets, recall, notice, thinking, meter, files } =
    props
  const t = useTranslations("composer")
  const current = useStore(draft)
  const { text, attachments, output, unkept } = current
  const [choosing, setChoosing] = useState(false)
  const field = useField(draft)
  const slash = useSlashCommands({ draft, field, targets })
  const history = useSentHistory(draft, field, recall)
  const pasting = usePaste(draft, uploads, field)
  const dictation = useDictation(draft, field)
  const { empty, waiting, held, send, sendAnyway } = useHeld({ draft: current, uploads, slash, onSend })

  // What it says may be needed when the network is gone.
  const mayHold = attachments.length > 0 || text.startsWith("/")
  useEffect(() => {
    if (mayHold) heldNotice().catch(() => {})
  }, [mayHold])

  const stop = () => {
    focusWithoutKeyboard(field.current)
    onStop()
  }
  const leave = dictation.state === "listening" ? dictation.stop : busy ? onStop : undefined

  return (
    <div className="mx-auto w-full max-w-3xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5">
      {notice}
      {held ? (
        <Later>
          <HeldNotice
            held={held}
            onRetry={(keys) => {
              for (const key of keys) uploads.retry(key)
              focusWithoutKeyboard(field.current)
            }}
            onWrite={(command) => slash.write(text.replace(/^\/\S+/, `/${command}`))}
            onSendAnyway={() => {
              focusWithoutKeyboard(field.current)
              sendAnyway()
            }}
          />
        </Later>
      ) : (
        slash.list
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          // The button that was pressed is about to go.
          focusWithoutKeyboard(field.current)
          send()
        }}
        className="rounded-[20px] border border-input bg-surface shadow-[0_1px_3px_oklch(0.3_0.02_60/0.06)] transition-colors focus-within:border-ring"
      >
        <AttachmentList
          attachments={attachments}
          unkept={unkept}
          uploads={uploads}
          pasted={pasting.attached}
          onRemoved={() => focusWithoutKeyboard(field.current)}
          onInline={pasting.inline}
        />
        <Textarea
          ref={field}
          id="message"
          aria-label={t("message")}
          placeholder={t("placeholder")}
          value={text}
          onValue={(value) => {
            onWriting()
            draft.update(() => ({ text: value }))
          }}
          onSubmit={send}
          onEscape={leave}
          onKeyDown={(event) => {
            slash.onKeyDown(event)
            pasting.onKeyDown(event)
            history.onKeyDown(event)
          }}
          onPaste={pasting.onPaste}
          onInput={pasting.onInput}
          onBlur={draft.flush}
          className="max-h-[40dvh] min-h-12 px-4 pt-3 pb-1 text-base sm:text-[15px]"
        />
        <div className="flex items-center gap-1 px-2 pb-2">
          <input
            ref={files}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              uploads.add([...(event.target.files ?? [])])
              // The same file again is a change again.
              event.target.value = ""
            }}
          />
          {/* Its name is a contract with tests and other programs; what else it takes, its description says. */}
          <IconButton
            label={t("attach")}
            title={t("attachTitle")}
            className="size-9 rounded-full"
            onClick={() => files.current?.click()}
          >
            <Paperclip className="size-[18px]" />
          </IconButton>
          <IconButton
            label={t("structured")}
            aria-pressed={output !== null}
            className={cn("size-9 rounded-full", output && "text-spark-text")}
            onClick={() => setChoosing(true)}
          >
            <Braces className="size-[18px]" />
          </IconButton>
          {thinking}
          {meter}
          {output && (
            <span className="flex h-8 min-w-0 items-center gap-1 rounded-full bg-spark-soft pe-1 ps-3 font-medium text-[13px] text-spark-text">
              <span className="truncate">{outputLabel(output)}</span>
              <button
                type="button"
                aria-label={t("removeStructured")}
                onClick={() => draft.update(() => ({ output: null }))}
                className="relative grid size-6 shrink-0 place-items-center rounded-full after:absolute hover:bg-background/60 pointer-coarse:after:-inset-2"
              >
                <X className="size-3.5" />
              </button>
            </span>
          )}
          <SendButtons busy={busy} stopping={stopping} waiting={waiting} empty={empty} onStop={stop}>
            <DictateButton dictation={dictation} />
          </SendButtons>
        </div>
      </form>
      {slash.dialog}
      <span role="status" className="sr-only">
        {history.said}
      </span>
      {choosing && (
        <OutputDialog
          output={output}
          onChange={(next) => draft.update(() => ({ output: next }))}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}

/** The text field: takes over what was typed before the page was interactive, and has the focus where that opens no keyboard. */
function useField(draft: DraftStore): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const typed = field.current?.value
    if (typed && !draft.get().text) draft.update(() => ({ text: typed }))
    focusWithoutKeyboard(field.current)
  }, [draft])
  return field
}
