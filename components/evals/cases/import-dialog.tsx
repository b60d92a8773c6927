"use client"

import { Upload } from "lucide-react"
import { useTranslations } from "next-intl"
import { useMemo, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { changeCases } from "@/components/evals/api"
import {
  IMPORTED_KINDS,
  type Imported,
  type ImportedKind,
  parseCases,
  piecesOf,
} from "@/components/evals/cases/import-cases"
import { Field, INPUT, TEXTAREA_CLASS } from "@/components/fields/field"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { FileInput } from "@/components/ui/file-input"
import { MAX_CASES } from "@/lib/evals/contract/eval"
import type { EvalHead } from "@/lib/evals/types"

/** Maximum bytes of a file. */
const MAX_BYTES = 20_000_000
const SHOWN = 3

interface Props {
  head: EvalHead
  onHead: (head: EvalHead) => void
  onClose: () => void
}

/** Imports cases from a file or pasted text. */
export default function ImportDialog({ head, onHead, onClose }: Props) {
  const t = useTranslations("evals.import")
  const common = useTranslations("common")
  const [text, setText] = useState("")
  const [usual, setUsual] = useState<ImportedKind>("exact")
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useMemo(() => parseCases(text, usual), [text, usual])
  const room = MAX_CASES - head.cases.length
  const cases = read?.cases.slice(0, room) ?? []
  const add = async () => {
    setBusy(true)
    setProblem(null)
    try {
      // Ids are generated when the text is parsed, so a retry adds the same cases.
      for (const piece of piecesOf(cases)) onHead(await changeCases(head.id, { put: piece }))
      onClose()
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(94vw,40rem)]"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={busy || cases.length === 0} onClick={() => void add()}>
            {busy ? t("adding") : t("add", { count: cases.length })}
          </Button>
        </>
      }
    >
      <Source text={text} usual={usual} onText={setText} onUsual={setUsual} onProblem={setProblem} />
      <Found read={read} isEmpty={text.trim() === ""} room={room} />
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm">
          {problem}
        </p>
      )}
    </Dialog>
  )
}

interface SourceProps {
  text: string
  usual: ImportedKind
  onText: (text: string) => void
  onUsual: (usual: ImportedKind) => void
  onProblem: (problem: string | null) => void
}

function Source({ text, usual, onText, onUsual, onProblem }: SourceProps) {
  const t = useTranslations("evals.import")
  const kinds = useTranslations("evals.kinds")
  const picker = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    onProblem(null)
    if (file.size > MAX_BYTES)
      return onProblem(t("tooLarge", { name: file.name, megabytes: Math.round(MAX_BYTES / 1_000_000) }))
    onText(await file.text())
  }
  return (
    <div className="space-y-4">
      <Field label={t("paste")}>
        {(field) => (
          <textarea
            {...field}
            data-autofocus
            rows={6}
            spellCheck={false}
            value={text}
            onChange={(event) => onText(event.target.value)}
            className={`${TEXTAREA_CLASS} font-mono text-[0.8125rem]`}
          />
        )}
      </Field>
      <Button size="sm" onClick={() => picker.current?.click()}>
        <Upload className="size-4" aria-hidden /> {t("file")}
      </Button>
      <FileInput
        ref={picker}
        hidden
        accept=".csv,.tsv,.jsonl,.ndjson,.json,.txt"
        data-testid="eval-cases-file"
        onFiles={([file]) => void take(file)}
      />
      <Field label={t("check")} className="max-w-60">
        {(field) => (
          <select
            {...field}
            value={usual}
            onChange={(event) => onUsual(IMPORTED_KINDS.find((one) => one === event.target.value) ?? "exact")}
            className={INPUT}
          >
            {IMPORTED_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kinds(kind)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}

function Found({ read, isEmpty, room }: { read: Imported | null; isEmpty: boolean; room: number }) {
  const t = useTranslations("evals.import")
  if (isEmpty) return null
  if (!read)
    return (
      <p role="status" className="mt-4 text-danger text-sm">
        {t("none")}
      </p>
    )
  const { cases, skipped } = read
  return (
    <div className="mt-4 text-sm">
      <p role="status" className="font-medium">
        {t("found", { count: cases.length })}
        {cases.length > room && <span className="ms-2 font-normal text-danger">{t("tooMany", { count: room })}</span>}
      </p>
      {skipped > 0 && <p className="mt-1 text-[0.8125rem] text-muted-foreground">{t("skipped", { count: skipped })}</p>}
      <ul className="mt-2 space-y-1 text-[0.8125rem] text-muted-foreground">
        {cases.slice(0, SHOWN).map(({ id, question }) => (
          <li key={id} className="truncate">
            {question}
          </li>
        ))}
      </ul>
    </div>
  )
}
