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
import { AttachedSum } from "@/components/attachments/attached-sum"
import { AttachmentItem } from "@/components/attachments/attachment-item"
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
  /** The key of the last long paste, when it was attached. */
  pasted: string | null
  /** One was taken off or is tried again, and the button that did it is gone. */
  onRemoved: () => void
  /** The text of the file with this key goes into the message instead. */
  onInline: (key: string) => void
}

/** What is attached to a draft: on its way, ready, or with the reason why not. Drag, or Shift with an arrow key, reorders. */
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
      <AttachedSum {...{ attachments, uploads, asked }} />
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

/** What is open of them: a text to read and change, or what can be said of a picture. */
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
          // While the dialog is open, it keeps the focus.
          flushSync(onClose)
          onInline(open.key)
        },
      }}
    />
  )
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

/** Another order, by the mouse, by a finger that rests first, and by keys; where one went is said. */
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
        // What is said stands in the list's own status.
        announcements: { onDragStart: silent, onDragOver: silent, onDragEnd: silent, onDragCancel: silent },
        screenReaderInstructions: { draggable: t("howToMove") },
      },
    },
  }
}

/** Says why a paste is no text of the message, and has the way back. */
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
