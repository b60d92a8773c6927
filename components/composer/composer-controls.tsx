"use client"

import { Braces, Camera, Paperclip, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, type RefObject, useState } from "react"
import { goOn } from "@/components/base/focus"
import { useSchemaTitle } from "@/components/base/schema-title"
import { DictateButton } from "@/components/composer/dictate-button"
import { SendButtons } from "@/components/composer/send-buttons"
import type { DictationControl } from "@/components/composer/use-dictation"
import type { DraftStore } from "@/components/draft/draft"
import { FileInput } from "@/components/ui/file-input"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import type { Uploads } from "@/components/uploads/uploads"
import { cn } from "@/lib/cn"
import type { OutputRequest } from "@/lib/messages/types"

const OutputDialog = lazyOverlay(() => import("@/components/composer/output/output-dialog"))

interface Props {
  draft: DraftStore
  uploads: Uploads
  /** An answer is being written. */
  busy: boolean
  /** The answer was asked to stop. */
  stopping: boolean
  /** Shown beside the other controls. */
  thinking?: ReactNode
  meter?: ReactNode
  files: RefObject<HTMLInputElement | null>
  /** The operator has disabled image uploads. */
  imagesOff?: boolean
  output: OutputRequest | null
  sending: { waiting: boolean; empty: boolean; stop: () => void }
  dictation: DictationControl
}

/** The row below the text field: message options, and the send and stop buttons. */
export function ComposerControls({
  draft,
  uploads,
  busy,
  stopping,
  thinking,
  meter,
  files,
  imagesOff,
  output,
  sending,
  dictation,
}: Props) {
  const t = useTranslations("composer")
  const [choosing, setChoosing] = useState(false)
  const choose = (next: OutputRequest | null) => draft.update(() => ({ output: next }))
  return (
    <div className="flex items-center gap-1 px-2 pb-2 max-sm:pointer-coarse:flex-wrap">
      <div className="flex min-w-0 items-center gap-1 max-sm:pointer-coarse:flex-1">
        <AttachButton
          {...{ files, imagesOff }}
          onFiles={(chosen) => {
            uploads.add(chosen)
            goOn()
          }}
        />
        <IconButton
          label={t("structured")}
          aria-pressed={output !== null}
          className={cn("size-9 rounded-full", output && "text-spark-text")}
          onClick={() => setChoosing(true)}
        >
          <Braces className="size-4.5" />
        </IconButton>
        {thinking}
        {meter}
      </div>
      {output && <ChosenOutput output={output} onRemove={() => choose(null)} />}
      <SendButtons {...{ busy, stopping }} waiting={sending.waiting} empty={sending.empty} onStop={sending.stop}>
        <DictateButton dictation={dictation} />
      </SendButtons>
      {choosing && <OutputDialog output={output} onChange={choose} onClose={() => setChoosing(false)} />}
    </div>
  )
}

function AttachButton({
  files,
  imagesOff,
  onFiles,
}: Pick<Props, "files" | "imagesOff"> & { onFiles: (files: File[]) => void }) {
  const t = useTranslations("composer")
  return (
    <>
      <FileInput ref={files} multiple hidden onFiles={onFiles} />
      {/* Its name is a contract with tests and other programs; its description says what else it accepts. */}
      <IconButton
        label={t("attach")}
        tip={t(imagesOff ? "attachTextOnly" : "attachTitle")}
        className="size-9 rounded-full"
        onClick={() => files.current?.click()}
      >
        <Paperclip className="size-4.5" />
      </IconButton>
      {!imagesOff && (
        <IconButton
          label={t("camera")}
          className="hidden size-9 rounded-full pointer-coarse:inline-grid"
          onClick={() => takePicture(onFiles)}
        >
          <Camera className="size-4.5" />
        </IconButton>
      )}
    </>
  )
}

/** Opens the camera if the browser supports it, otherwise the file picker. */
function takePicture(onFiles: (files: File[]) => void): void {
  const input = document.createElement("input")
  Object.assign(input, { type: "file", accept: "image/*", hidden: true })
  input.setAttribute("capture", "environment")
  input.addEventListener("change", () => {
    onFiles([...(input.files ?? [])])
    input.remove()
  })
  input.addEventListener("cancel", () => input.remove())
  // Safari garbage-collects a detached input.
  document.body.append(input)
  input.click()
}

/**
 * The selected output format by name, until removed. On a phone there is no room beside the larger buttons, so it goes
 * above them.
 */
function ChosenOutput({ output, onRemove }: { output: OutputRequest; onRemove: () => void }) {
  const t = useTranslations("composer")
  const title = useSchemaTitle()
  return (
    <div className="flex min-w-0 max-sm:pointer-coarse:order-first max-sm:pointer-coarse:basis-full">
      <span className="flex h-8 min-w-0 items-center gap-1 rounded-full bg-spark-soft pe-1 ps-3 font-medium text-[0.8125rem] text-spark-text">
        <span className="truncate">{output.type === "json" ? "JSON" : title(output.name)}</span>
        <button
          type="button"
          aria-label={t("removeStructured")}
          data-tip={t("removeStructured")}
          onClick={onRemove}
          className="relative grid size-6 shrink-0 place-items-center rounded-full after:absolute hover:bg-background/60 pointer-coarse:after:-inset-2"
        >
          <X className="size-3.5" />
        </button>
      </span>
    </div>
  )
}
