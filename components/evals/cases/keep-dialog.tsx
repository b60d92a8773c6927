"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { sentenceOf } from "@/components/base/api"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { changeCases, makeEval, readEvals } from "@/components/evals/api"
import { CaseForm } from "@/components/evals/cases/case-form"
import { type AnswerSource, caseFromDraft, type Draft, draftFrom } from "@/components/evals/cases/draft"
import { Field, INPUT } from "@/components/fields/field"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import { toast } from "@/components/ui/toast"
import { useUnsaved } from "@/components/ui/unsaved"
import type { EvalSummary } from "@/lib/evals/types"

export interface KeepCaseProps {
  source: AnswerSource
  onClose: () => void
}

/** The target eval: an existing one, or a new one with this title. */
interface Target {
  /** Id of the existing one; empty: a new one. */
  id: string
  title: string
}

/** Saves an answer's question as an eval case. */
export default function KeepCaseDialog({ source, onClose }: KeepCaseProps) {
  const t = useTranslations("evals.keep")
  const all = useTranslations("evals")
  const common = useTranslations("common")
  const { value: evals, error, retry } = useFetchOnMount(readEvals)
  const [draft, setDraft] = useState(() => draftFrom(source))
  const [target, setTarget] = useState<Target | null>(null)
  const { save, wrong, busy } = useSave(onClose)
  const chosen = target ?? { id: evals?.[0]?.id ?? "", title: "" }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("title")}
      className="w-[min(94vw,40rem)]"
      footer={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button variant="primary" disabled={busy || !evals} onClick={() => evals && save(draft, chosen, evals)}>
            {all("save")}
          </Button>
        </>
      }
    >
      {error ? (
        <div role="alert" className="flex min-h-40 flex-col items-center justify-center gap-3 text-center">
          <p className="max-w-md text-pretty">{error}</p>
          <Button onClick={retry}>{t("retry")}</Button>
        </div>
      ) : evals ? (
        <div className="space-y-4">
          <Where evals={evals} target={chosen} onTarget={setTarget} />
          {source.more && <p className="rounded-lg bg-muted px-3 py-2 text-[0.8125rem] leading-5">{t("more")}</p>}
          <Fields source={source} draft={draft} onDraft={setDraft} />
        </div>
      ) : (
        <p role="status" className="flex min-h-40 items-center justify-center gap-2 text-muted-foreground">
          <Spinner /> {t("loading")}
        </p>
      )}
      {wrong && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm">
          {wrong}
        </p>
      )}
    </Dialog>
  )
}

/** Closing the dialog asks first when there is input. */
function Fields({ source, draft, onDraft }: { source: AnswerSource; draft: Draft; onDraft: (draft: Draft) => void }) {
  useUnsaved(JSON.stringify(draft) !== JSON.stringify({ ...draftFrom(source), kind: draft.kind }))
  return <CaseForm draft={draft} onDraft={onDraft} />
}

interface WhereProps {
  evals: EvalSummary[]
  target: Target
  onTarget: (target: Target) => void
}

function Where({ evals, target, onTarget }: WhereProps) {
  const t = useTranslations("evals")
  return (
    <div className="flex flex-wrap gap-3">
      {evals.length > 0 && (
        <Field label={t("keep.eval")} className="min-w-52 flex-1">
          {(field) => (
            <select
              {...field}
              value={target.id}
              onChange={(event) => onTarget({ ...target, id: event.target.value })}
              className={INPUT}
            >
              {evals.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
              <option value="">{t("new")}</option>
            </select>
          )}
        </Field>
      )}
      {target.id === "" && (
        <Field label={t("keep.name")} className="min-w-52 flex-1">
          {(field) => (
            <input
              {...field}
              value={target.title}
              maxLength={200}
              placeholder={t("namePlaceholder")}
              onChange={(event) => onTarget({ ...target, title: event.target.value })}
              className={INPUT}
            />
          )}
        </Field>
      )}
    </div>
  )
}

function useSave(onSaved: () => void) {
  const t = useTranslations("evals")
  const router = useRouter()
  // Stable ids: a retry after a failure saves the same eval and case.
  const [ids] = useState(() => ({ eval: uuidv7(), case: uuidv7() }))
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const save = useCallback(
    async (draft: Draft, { id, title }: Target, evals: EvalSummary[]) => {
      const made = caseFromDraft(draft, ids.case)
      if ("missing" in made) return setWrong(t(`cases.${made.missing}`))
      if (!id && !title.trim()) return setWrong(t("keep.needName"))
      setBusy(true)
      setWrong(null)
      try {
        const into = id || (await makeEval(ids.eval, title.trim())).id
        await changeCases(into, { put: [made.case] })
        const name = evals.find((one) => one.id === into)?.title ?? title.trim()
        toast.success(t("keep.saved", { title: name }), {
          action: { label: t("keep.open"), onClick: () => router.push(`/evals/${into}`) },
        })
        onSaved()
      } catch (error) {
        setWrong(sentenceOf(error))
        setBusy(false)
      }
    },
    [ids, onSaved, router, t],
  )
  return { wrong, busy, save: (...asked: Parameters<typeof save>) => void save(...asked) }
}
