"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { sentenceOf } from "@/components/base/api"
import { changeCases } from "@/components/evals/api"
import { CaseForm } from "@/components/evals/cases/case-form"
import { caseFromDraft, type Draft, draftOf, NEW_CASE } from "@/components/evals/cases/draft"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { useUnsaved } from "@/components/ui/unsaved"
import type { EvalCase } from "@/lib/evals/contract/eval"
import type { EvalHead } from "@/lib/evals/types"

interface Props {
  evalId: string
  /** Null: a new one. */
  first: EvalCase | null
  number: number
  onHead: (head: EvalHead) => void
  onAnother: (number: number) => void
  onClose: () => void
}

/** Edits a case: the question, and how its answers are checked. */
export default function CaseDialog({ evalId, first, number, onHead, onAnother, onClose }: Props) {
  const t = useTranslations("evals.cases")
  const all = useTranslations("evals")
  const [draft, setDraft] = useState<Draft>(() => (first ? draftOf(first) : NEW_CASE))
  const [id] = useState(() => first?.id ?? uuidv7())
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (another: boolean) => {
    const made = caseFromDraft(draft, id)
    if ("missing" in made) return setWrong(t(made.missing))
    setBusy(true)
    setWrong(null)
    try {
      const head = await changeCases(evalId, { put: [made.case] })
      onHead(head)
      if (another) onAnother(head.cases.length + 1)
      else onClose()
    } catch (error) {
      setWrong(sentenceOf(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={first ? t("editTitle", { number }) : t("newTitle")}
      className="w-[min(94vw,40rem)]"
      footer={
        <>
          {!first && (
            <Button disabled={busy} onClick={() => void save(true)}>
              {t("another")}
            </Button>
          )}
          <Button variant="primary" disabled={busy} onClick={() => void save(false)}>
            {all("save")}
          </Button>
        </>
      }
    >
      <Form draft={draft} first={first} onDraft={setDraft} />
      {wrong && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm">
          {wrong}
        </p>
      )}
    </Dialog>
  )
}

interface FormProps {
  draft: Draft
  first: EvalCase | null
  onDraft: (draft: Draft) => void
}

/** Closing the dialog asks first when there is input. */
function Form({ draft, first, onDraft }: FormProps) {
  useUnsaved(JSON.stringify(draft) !== JSON.stringify(first ? draftOf(first) : { ...NEW_CASE, kind: draft.kind }))
  return <CaseForm draft={draft} onDraft={onDraft} />
}
