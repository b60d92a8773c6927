"use client"

import { Download } from "lucide-react"
import { useFormatter, useTranslations } from "next-intl"
import { type ReactNode, useCallback, useId, useState } from "react"
import { saveFile } from "@/components/base/save-file"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { fetchRecording } from "@/components/recording/requests"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import { TextLink } from "@/components/ui/text-link"
import { ENDING } from "@/lib/recording/format"
import { type Recording, readRecording } from "@/lib/recording/read"
import { framesOf } from "@/lib/recording/timeline"

interface Props {
  conversationId: string
  messageId: string
  onClose: () => void
}

interface Made {
  text: string
  recording: Recording
}

/** Shows what a recording contains and what was removed from it, before saving. */
export default function SaveRecordingDialog({ conversationId, messageId, onClose }: Props) {
  const t = useTranslations("saveRecording")
  const [pictures, setPictures] = useState(false)
  const read = useCallback(async (): Promise<Made> => {
    const text = await fetchRecording(conversationId, messageId, pictures)
    return { text, recording: readRecording(text) }
  }, [conversationId, messageId, pictures])
  const { value, error, retry } = useFetchOnMount(read)
  const save = () => {
    if (!value) return
    saveFile(nameOf(value.recording), value.text, "application/x-ndjson")
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(92vw,36rem)]"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={!value || Boolean(error)} onClick={save} data-autofocus>
            <Download className="size-4" aria-hidden /> {t("save")}
          </Button>
        </>
      }
    >
      {error ? (
        <div role="alert" className="flex min-h-40 flex-col items-center justify-center gap-3 text-center">
          <p className="max-w-md text-pretty">{error}</p>
          <Button onClick={retry}>{t("retry")}</Button>
        </div>
      ) : value ? (
        <Inside made={value} pictures={pictures} onPictures={setPictures} />
      ) : (
        <p role="status" className="flex min-h-40 items-center justify-center gap-2 text-muted-foreground">
          <Spinner /> {t("loading")}
        </p>
      )}
    </Dialog>
  )
}

interface InsideProps {
  made: Made
  pictures: boolean
  onPictures: (pictures: boolean) => void
}

function Inside({ made: { text, recording }, pictures, onPictures }: InsideProps) {
  const t = useTranslations("saveRecording")
  const format = useFormatter()
  const { head, events } = recording
  const requests = events.filter(({ type }) => type === "request").length
  const results = events.flatMap((event) => (event.type === "chunks" ? event.chunks : []))
  const calls = results.filter(({ type }) => type === "tool-input-available").length
  const seconds = Math.round((framesOf(events).at(-1)?.at ?? 0) / 100) / 10
  const { keys, links, emails } = head.removed
  return (
    <div className="flex flex-col gap-4 text-sm leading-6">
      <Part title={t("inside")}>
        <li>{t("content")}</li>
        <li>{t("requests", { count: requests, calls })}</li>
        <li>{t("times", { seconds: format.number(seconds), size: format.number(Math.ceil(text.length / 1_000)) })}</li>
        {events.some(({ type }) => type === "cut") && <li>{t("cut")}</li>}
        {head.pictures.length > 0 && (
          <li>
            {t(pictures ? "picturesIn" : "pictures", { count: head.pictures.length })}
            <Pictures on={pictures} onChange={onPictures} />
          </li>
        )}
      </Part>
      <Part title={t("removed")}>
        <li>{t("never")}</li>
        <li>{keys + links + emails > 0 ? t("found", { keys, links, emails }) : t("nothingFound")}</li>
      </Part>
      <p className="rounded-lg bg-muted px-3 py-2 text-[0.8125rem] leading-5">{t("look")}</p>
      <p className="text-[0.8125rem] text-muted-foreground">
        {t.rich("play", { link: (words) => <TextLink href="/recordings">{words}</TextLink> })}
      </p>
    </div>
  )
}

function Pictures({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const t = useTranslations("saveRecording")
  const id = useId()
  return (
    <span className="mt-1 flex items-center gap-2">
      <input
        id={id}
        type="checkbox"
        checked={on}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 accent-(--primary)"
      />
      <label htmlFor={id}>{t("withPictures")}</label>
    </span>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="font-medium">{title}</h3>
      <ul className="ms-4 list-disc text-muted-foreground">{children}</ul>
    </section>
  )
}

/** Starts with the file's kind and ends with when it was saved. */
const nameOf = ({ head }: Recording): string =>
  `recording-${head.savedAt.slice(0, 19).replace(/[^0-9T]/g, "-")}${ENDING}`
