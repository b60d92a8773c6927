"use client"

import { useTranslations } from "next-intl"
import { CheckFields } from "@/components/evals/cases/check-fields"
import type { Draft } from "@/components/evals/cases/draft"
import { Field, INPUT, TEXTAREA_CLASS } from "@/components/fields/field"
import { CHECK_KINDS, type CheckKind, MAX_QUESTION_CHARS, MAX_SYSTEM_CHARS } from "@/lib/evals/contract/eval"

interface Props {
  draft: Draft
  onDraft: (draft: Draft) => void
}

/** The fields of a case: the question, and how its answers are checked. */
export function CaseForm({ draft, onDraft }: Props) {
  const t = useTranslations("evals.cases")
  const kinds = useTranslations("evals.kinds")
  const set = (change: Partial<Draft>) => onDraft({ ...draft, ...change })
  return (
    <div className="space-y-4">
      <Field label={t("question")}>
        {(field) => (
          <textarea
            {...field}
            data-autofocus
            rows={4}
            value={draft.question}
            maxLength={MAX_QUESTION_CHARS}
            onChange={(event) => set({ question: event.target.value })}
            className={TEXTAREA_CLASS}
          />
        )}
      </Field>
      <Field label={t("check")}>
        {(field) => (
          <select
            {...field}
            value={draft.kind}
            onChange={(event) => set({ kind: CHECK_KINDS.find((one) => one === event.target.value) ?? "exact" })}
            className={INPUT}
          >
            {CHECK_KINDS.map((kind: CheckKind) => (
              <option key={kind} value={kind}>
                {kinds(kind)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <CheckFields draft={draft} onDraft={set} />
      <details open={draft.system !== ""}>
        <summary className="cursor-pointer text-[0.8125rem] text-muted-foreground hover:text-foreground">
          {t("system")}
        </summary>
        <textarea
          aria-label={t("system")}
          rows={3}
          value={draft.system}
          maxLength={MAX_SYSTEM_CHARS}
          onChange={(event) => set({ system: event.target.value })}
          className={`${TEXTAREA_CLASS} mt-2`}
        />
        <p className="mt-1 text-[0.8125rem] text-muted-foreground">{t("systemHint")}</p>
      </details>
    </div>
  )
}
