"use client"

import { ArrowUp, Braces, ImagePlus, Square, X } from "lucide-react"
import dynamic from "next/dynamic"
import { useTranslations } from "next-intl"
import {
  type ClipboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react"
import { AttachmentList } from "@/components/composer/attachment-list"
import type { DraftStore } from "@/components/composer/draft"
import { outputLabel } from "@/components/composer/output-label"
import { Textarea } from "@/components/composer/textarea"
import type { Uploads } from "@/components/composer/use-uploads"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"

const OutputDialog = dynamic(() => import("@/components/composer/output-dialog"), { ssr: false })

/** Of the file chooser; what a file really is, the server judges by its bytes. */
const ACCEPT = "image/png,image/jpeg,image/webp,image/gif,image/avif,image/tiff"

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
  /** Something to say above the field. */
  notice?: ReactNode
  /** Beside the other controls. */
  meter?: ReactNode
  /** The file chooser, for who wants to open it from elsewhere. */
  files: RefObject<HTMLInputElement | null>
}

/** Where a message is written. Its state is its own: typing renders nothing but this. */
export function Composer({ draft, uploads, busy, stopping, onSend, onStop, onWriting, notice, meter, files }: Props) {
  const t = useTranslations("composer")
  const { text, attachments, output } = useSyncExternalStore(draft.subscribe, draft.get, draft.get)
  const [choosing, setChoosing] = useState(false)
  const [sendWhenReady, setSendWhenReady] = useState(false)
  const field = useField(draft)

  const uploading = attachments.some(({ state }) => state === "uploading")
  const empty = text.trim() === "" && !attachments.some(({ state }) => state !== "failed")
  const send = () => {
    if (empty) return
    if (uploading) setSendWhenReady(true)
    else onSend()
  }
  // Send was pressed while an image was on its way.
  if (sendWhenReady && !uploading) {
    setSendWhenReady(false)
    if (!empty) queueMicrotask(onSend)
  }
  const paste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length === 0) return
    event.preventDefault()
    uploads.add(pasted)
  }

  return (
    <div className="mx-auto w-full max-w-3xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5">
      {notice}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
        className="rounded-[20px] border border-input bg-surface shadow-[0_1px_3px_oklch(0.3_0.02_60/0.06)] transition-colors focus-within:border-ring"
      >
        <AttachmentList attachments={attachments} onRemove={uploads.remove} />
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
          onEscape={busy ? onStop : undefined}
          onPaste={paste}
          onBlur={draft.flush}
          className="max-h-[40dvh] min-h-12 px-4 pt-3 pb-1 text-base sm:text-[15px]"
        />
        <div className="flex items-center gap-1 px-2 pb-2">
          <input
            ref={files}
            type="file"
            accept={ACCEPT}
            multiple
            hidden
            onChange={(event) => {
              uploads.add([...(event.target.files ?? [])])
              // The same file again is a change again.
              event.target.value = ""
            }}
          />
          <IconButton label={t("attach")} className="size-9 rounded-full" onClick={() => files.current?.click()}>
            <ImagePlus className="size-[18px]" />
          </IconButton>
          <IconButton
            label={t("structured")}
            aria-pressed={output !== null}
            className={cn("size-9 rounded-full", output && "text-spark-text")}
            onClick={() => setChoosing(true)}
          >
            <Braces className="size-[18px]" />
          </IconButton>
          {meter}
          {output && (
            <span className="flex h-8 min-w-0 items-center gap-1 rounded-full bg-spark-soft pe-1 ps-3 font-medium text-[13px] text-spark-text">
              <span className="truncate">{outputLabel(output)}</span>
              <button
                type="button"
                aria-label={t("removeStructured")}
                onClick={() => draft.update(() => ({ output: null }))}
                className="grid size-6 shrink-0 place-items-center rounded-full hover:bg-background/60"
              >
                <X className="size-3.5" />
              </button>
            </span>
          )}
          <SendButtons busy={busy} stopping={stopping} waiting={sendWhenReady} empty={empty} onStop={onStop} />
        </div>
      </form>
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
    if (window.matchMedia("(hover: hover) and (pointer: fine)").matches) field.current?.focus({ preventScroll: true })
  }, [draft])
  return field
}

interface SendProps {
  busy: boolean
  stopping: boolean
  /** Sending waits for an upload. */
  waiting: boolean
  empty: boolean
  onStop: () => void
}

/** Sends; while an answer is written, stops it, and once something is written sends beside it. */
function SendButtons({ busy, stopping, waiting, empty, onStop }: SendProps) {
  const t = useTranslations("composer")
  const round = "size-9 rounded-full"
  return (
    <div className="ms-auto flex items-center gap-1.5">
      {busy && (
        <IconButton
          label={t("stop")}
          variant={empty ? "primary" : "outline"}
          className={round}
          disabled={stopping}
          onClick={onStop}
        >
          <Square className="size-3.5 fill-current" />
        </IconButton>
      )}
      {!(busy && empty) && (
        <IconButton
          label={t("send")}
          title={t(busy ? "sendLater" : "send")}
          type="submit"
          variant="primary"
          className={round}
          disabled={empty || waiting}
        >
          <ArrowUp className={cn("size-[18px]", waiting && "animate-pulse")} />
        </IconButton>
      )}
    </div>
  )
}
