"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useId, useState } from "react"
import { api, sentenceOf } from "@/components/base/api"
import { useFormatLocale } from "@/components/base/format-locale"
import { type AddPictures, AttachDocumentImages } from "@/components/documents/add-pictures"
import { DocumentNotes } from "@/components/documents/document-notes"
import { factsLine } from "@/components/documents/facts"
import { openDocument } from "@/components/documents/viewer-store"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { type Chosen, formatRanges, parseRange, readingOf, roomFor } from "@/lib/documents/fit"
import { type DocumentInfo, READING_MODES, unitOf } from "@/lib/documents/types"
import { isRecord } from "@/lib/is-record"
import { documentExcess, readDraft } from "@/lib/messages/document-part"
import type { DocumentPart } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

interface Props {
  document: DocumentPart
  asked: ModelInfo[]
  onChange: (document: DocumentPart) => void
  onPictures: AddPictures
  onClose: () => void
}

/** Options of a document before it is sent: password, pages, and how they are read. */
export default function DocumentOptions({ document, asked, onChange, onPictures, onClose }: Props) {
  const t = useTranslations("documents")
  const locale = useFormatLocale()
  const { info, chosen } = readDraft(document)
  const locked = info.status === "locked"
  const show = () => {
    onClose()
    openDocument({ id: info.id, name: info.name, kind: info.kind, page: chosen.range?.[0]?.[0] ?? 1 })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={info.name}
      description={locked ? t("isLocked") : factsLine({ ...info }, locale, t)}
      footer={
        !locked && (
          <>
            <Button size="sm" className="me-auto" onClick={show}>
              {t("view")}
            </Button>
            <Button size="sm" variant="primary" onClick={onClose}>
              {t("done")}
            </Button>
          </>
        )
      }
    >
      {locked ? (
        <Password {...{ document, onChange }} />
      ) : (
        <Choices
          info={info}
          chosen={chosen}
          asked={asked}
          onPictures={onPictures}
          onChange={(next) => onChange({ ...document, range: undefined, ...next })}
        />
      )}
    </Dialog>
  )
}

interface ChoicesProps {
  info: DocumentInfo
  chosen: Chosen
  asked: ModelInfo[]
  onChange: (chosen: Chosen) => void
  onPictures: AddPictures
}

function Choices({ info, chosen, asked, onChange, onPictures }: ChoicesProps) {
  const t = useTranslations("documents")
  const id = useId()
  const unit = unitOf(info.kind)
  const [text, setText] = useState(chosen.range ? formatRanges(chosen.range) : "")
  const wrong = parseRange(text, info.pages) === null
  const write = (next: string) => {
    setText(next)
    const range = parseRange(next, info.pages)
    if (range !== null) onChange({ mode: chosen.mode, ...(range && { range }) })
  }
  return (
    <div className="flex flex-col gap-4">
      <div>
        <label htmlFor={id} className="font-medium text-sm">
          {t("whichPages", { unit })}
        </label>
        <input
          id={id}
          data-autofocus
          value={text}
          onChange={(event) => write(event.target.value)}
          placeholder={t("allPages", { count: info.pages })}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          inputMode="text"
          autoComplete="off"
          className="mt-1 block h-9 w-full rounded-md border border-input bg-surface px-3 text-sm focus:border-ring"
        />
        <p
          id={`${id}-hint`}
          className={wrong ? "mt-1 text-[0.8125rem] text-danger" : "mt-1 text-[0.8125rem] text-muted-foreground"}
        >
          {wrong ? t("wrongRange", { count: info.pages }) : t("rangeHint")}
        </p>
      </div>
      {info.kind === "pdf" && <Modes chosen={chosen} onChange={onChange} />}
      <Fit {...{ info, chosen, asked }} />
      <DocumentNotes notes={info.facts.notes} />
      <AttachDocumentImages info={info} onPictures={onPictures} />
    </div>
  )
}

function Modes({ chosen, onChange }: Pick<ChoicesProps, "chosen" | "onChange">) {
  const t = useTranslations("documents")
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t("readHow")}</legend>
      {READING_MODES.map((mode) => (
        <label key={mode} className="flex min-h-9 cursor-pointer items-start gap-2.5 py-1 text-sm">
          <input
            type="radio"
            name={`${id}-mode`}
            checked={chosen.mode === mode}
            onChange={() => onChange({ ...chosen, mode })}
            className="mt-0.5 size-4 shrink-0 accent-spark"
          />
          <span>
            {t(`mode.${mode}`)}
            <span className="block text-[0.8125rem] text-muted-foreground">{t(`modeHint.${mode}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** Its size in tokens, and the models it does not fit. */
function Fit({ info, chosen, asked }: Omit<ChoicesProps, "onChange" | "onPictures">) {
  const t = useTranslations("documents")
  const { tokens } = readingOf(info, chosen)
  const faults = asked.flatMap((model) => {
    const much = documentExcess(info, chosen, roomFor(model.contextTokens, (model.contextTokens ?? 0) / 4))
    return much ? [{ model, much }] : []
  })
  return (
    <div role="status" className="text-[0.8125rem]">
      <p className="text-muted-foreground tabular-nums">{t("takes", { tokens })}</p>
      {faults.map(({ model, much }) => (
        <p key={model.id} className="mt-1 text-danger">
          {much.of === "pictures"
            ? t("tooManyPictures", { limit: much.fits })
            : t("tooLong", { model: model.name, count: much.fits })}
        </p>
      ))}
    </div>
  )
}

function Password({ document, onChange }: Pick<Props, "document" | "onChange">) {
  const t = useTranslations("documents")
  const id = useId()
  const [password, setPassword] = useState("")
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const unlock = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const answer = await api(`/api/documents/${document.documentId}/unlock`, {
        method: "POST",
        body: { password },
      })
      if (!isRecord(answer)) return
      const { id: documentId, name, ...facts } = answer
      if (typeof documentId === "string" && typeof name === "string")
        onChange({ ...document, ...facts, documentId, name })
    } catch (error) {
      setFault(sentenceOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={unlock} className="flex flex-col gap-2">
      <label htmlFor={id} className="font-medium text-sm">
        {t("password")}
      </label>
      <input
        id={id}
        data-autofocus
        type="password"
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-fault`}
        className="block h-9 w-full rounded-md border border-input bg-surface px-3 text-sm focus:border-ring"
      />
      <p id={`${id}-fault`} role="alert" className="text-[0.8125rem] text-danger">
        {fault}
      </p>
      <Button type="submit" variant="primary" size="sm" className="self-end" disabled={busy || password === ""}>
        {t("unlock")}
      </Button>
    </form>
  )
}
