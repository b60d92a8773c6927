"use client"

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { rectSortingStrategy, SortableContext } from "@dnd-kit/sortable"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, Suspense, useState } from "react"
import { flushSync } from "react-dom"
import { AttachmentItem } from "@/components/attachments/attachment-item"
import { AttachmentSummary } from "@/components/attachments/attachment-summary"
import { type Attachment, isPicture } from "@/components/draft/attachment"
import { lazyOverlay } from "@/components/ui/lazy-part"
import type { Uploads } from "@/components/uploads/uploads"
import type { ModelInfo } from "@/lib/models/model.types"

const TextFileDialog = lazyOverlay(() => import("@/components/files/text-file-dialog"))
const ImageOptions = lazyOverlay(() => import("@/components/attachments/image-options"))

interface Props {
  attachments: Attachment[]
  /** A reload would lose some of them. */
  unkept: boolean
  uploads: Uploads
  /** The models that the next message goes to. */
  asked: ModelInfo[]
  /** The key of the last long paste, if it was attached. */
  pasted: string | null
  /** One was removed or is retried, so the button that did it is gone. */
  onRemoved: () => void
  /** Puts the text of the file with this key into the message instead. */
  onInline: (key: string) => void
}

/**
 * The attachments of a draft: in progress, ready, or failed with a reason. Dragging, or Shift with an arrow key,
 * reorders them.
 */
export default function AttachmentList(props: Props) {
  const { attachments, unkept, uploads, asked, pasted, onRemoved, onInline } = props
  const t = useTranslations("composer")
  const [openKey, setOpenKey] = useState<string | null>(null)
  const { said, sortable, onKeyDown } = useOrder(attachments, uploads)
  const pictures = attachments.filter(isPicture)
  const numberOf = (attachment: Attachment) => (pictures.length > 1 ? pictures.indexOf(attachment) + 1 : 0)
  return (
    <>
      <DndContext {...sortable}>
        <SortableContext items={attachments.map(({ key }) => key)} strategy={rectSortingStrategy}>
          <ul aria-label={t("attached")} className="flex flex-wrap gap-2 px-3 pt-3">
            {attachments.map((attachment) => (
              <AttachmentItem
                key={attachment.key}
                attachment={attachment}
                number={numberOf(attachment)}
                alone={attachments.length < 2}
                onKeyDown={(event) => onKeyDown(event, attachment)}
                asked={asked}
                onDocument={(document) => uploads.changeDocument(attachment.key, document)}
                onPictures={uploads.addPictures}
                onOpen={() => setOpenKey(attachment.key)}
                onRetry={() => {
                  uploads.retry(attachment.key)
                  onRemoved()
                }}
                onRemove={() => {
                  uploads.remove(attachment.key)
                  onRemoved()
                }}
              />
            ))}
          </ul>
        </SortableContext>
      </DndContext>
      <span role="status" className="sr-only">
        {said}
      </span>
      <AttachmentSummary {...{ attachments, uploads, asked }} />
      {pasted && attachments.some(({ key }) => key === pasted) && <Pasted onInline={() => onInline(pasted)} />}
      {unkept && <p className="px-4 pt-2 text-[0.8125rem] text-danger">{t("unkept")}</p>}
      <Suspense>
        <OpenAttachment {...props} openKey={openKey} onClose={() => setOpenKey(null)} />
      </Suspense>
    </>
  )
}

interface OpenProps extends Props {
  openKey: string | null
  onClose: () => void
}

/** The open attachment: a text to read and edit, or the options of an image. */
function OpenAttachment({ attachments, uploads, onRemoved, onInline, openKey, onClose }: OpenProps) {
  const open = attachments.find(({ key }) => key === openKey)
  const remove = (key: string) => {
    onClose()
    uploads.remove(key)
    onRemoved()
  }
  if (open?.image)
    return <ImageOptions {...{ attachments, uploads, onClose }} shownKey={open.key} onRemove={() => remove(open.key)} />
  if (!open?.file) return null
  return (
    <TextFileDialog
      file={open.file}
      onClose={onClose}
      draft={{
        onChange: (text) => uploads.changeText(open.key, text),
        onRemove: () => remove(open.key),
        onInline: (text) => {
          uploads.changeText(open.key, text)
          // While the dialog is open, it traps focus.
          flushSync(onClose)
          onInline(open.key)
        },
      }}
    />
  )
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

/** Reordering by mouse, by touch after a long press, and by keys; announces the new position. */
function useOrder(attachments: Attachment[], uploads: Uploads) {
  const t = useTranslations("attachments")
  const [said, setSaid] = useState("")
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  )
  const move = (key: string, place: number) => {
    const name = attachments.find((one) => one.key === key)?.name ?? ""
    uploads.move(key, place)
    setSaid(t("moved", { name, place: place + 1, count: attachments.length }))
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const place = attachments.findIndex(({ key }) => key === over?.id)
    if (place !== -1 && over?.id !== active.id) move(String(active.id), place)
  }
  const onKeyDown = (event: KeyboardEvent, { key }: Attachment) => {
    const step = STEPS[event.key]
    if (!step || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight"
    const turned = sideways && document.documentElement.dir === "rtl" ? -step : step
    const place = attachments.findIndex((one) => one.key === key) + turned
    if (place >= 0 && place < attachments.length) move(key, place)
  }
  const silent = () => undefined
  return {
    said,
    onKeyDown,
    sortable: {
      sensors,
      onDragEnd,
      collisionDetection: closestCenter,
      accessibility: {
        // The list has its own status for announcements.
        announcements: { onDragStart: silent, onDragOver: silent, onDragEnd: silent, onDragCancel: silent },
        screenReaderInstructions: { draggable: t("howToMove") },
      },
    },
  }
}

/** Explains why a paste became a file, with a button to put it into the message. */
function Pasted({ onInline }: { onInline: () => void }) {
  const t = useTranslations("files")
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 px-4 pt-2 text-[0.8125rem] text-muted-foreground">
      {t("pasted")}
      <button
        type="button"
        onClick={onInline}
        className="min-h-6 font-medium text-spark-text underline underline-offset-4"
      >
        {t("asText")}
      </button>
    </p>
  )
}
