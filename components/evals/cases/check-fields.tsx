"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import type { Draft } from "@/components/evals/cases/draft"
import { Field, INPUT, TEXTAREA_CLASS } from "@/components/fields/field"
import { Button } from "@/components/ui/button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { MAX_EXPECTED_CHARS, MAX_PATTERN_CHARS, MAX_RUBRIC_CHARS } from "@/lib/evals/contract/eval"

const OutputDialog = lazyOverlay(() => import("@/components/composer/output/output-dialog"))

interface Props {
  draft: Draft
  onDraft: (change: Partial<Draft>) => void
}

/** The fields a kind of check needs. */
export function CheckFields({ draft, onDraft }: Props) {
  const t = useTranslations("evals.cases")
  if (draft.kind === "none") return <p className="text-[0.8125rem] text-muted-foreground">{t("noneHint")}</p>
  if (draft.kind === "pattern")
    return (
      <Field label={t("pattern")} hint={t("patternHint")}>
        {(field) => (
          <input
            {...field}
            spellCheck={false}
            value={draft.pattern}
            maxLength={MAX_PATTERN_CHARS}
            onChange={(event) => onDraft({ pattern: event.target.value })}
            className={`${INPUT} font-mono`}
          />
        )}
      </Field>
    )
  if (draft.kind === "judge")
    return (
      <Field label={t("rubric")} hint={t("rubricHint")}>
        {(field) => (
          <textarea
            {...field}
            rows={4}
            value={draft.rubric}
            maxLength={MAX_RUBRIC_CHARS}
            placeholder={t("rubricPlaceholder")}
            onChange={(event) => onDraft({ rubric: event.target.value })}
            className={TEXTAREA_CLASS}
          />
        )}
      </Field>
    )
  return draft.kind === "json" ? (
    <SchemaFields draft={draft} onDraft={onDraft} />
  ) : (
    <TextFields draft={draft} onDraft={onDraft} />
  )
}

function TextFields({ draft, onDraft }: Props) {
  const t = useTranslations("evals.cases")
  return (
    <div>
      <Field label={t("expected")} hint={t("expectedHint")}>
        {(field) => (
          <textarea
            {...field}
            rows={2}
            value={draft.expected}
            maxLength={MAX_EXPECTED_CHARS}
            onChange={(event) => onDraft({ expected: event.target.value })}
            className={TEXTAREA_CLASS}
          />
        )}
      </Field>
      <label className="mt-2 flex min-h-8 items-center gap-2 text-sm pointer-coarse:min-h-10">
        <input
          type="checkbox"
          checked={draft.matchCase}
          onChange={(event) => onDraft({ matchCase: event.target.checked })}
        />
        {t("matchCase")}
      </label>
    </div>
  )
}

function SchemaFields({ draft, onDraft }: Props) {
  const t = useTranslations("evals.cases")
  const [open, setOpen] = useState(false)
  const { schema } = draft
  return (
    <div className="space-y-4">
      <div>
        <p className="mb-1.5 font-medium text-sm">{t("schema")}</p>
        <div className="flex items-center gap-3">
          <Button onClick={() => setOpen(true)}>{t(schema ? "schemaChange" : "schemaChoose")}</Button>
          <p className="min-w-0 truncate text-sm">
            {schema ? schema.name : <span className="text-muted-foreground">{t("noSchema")}</span>}
          </p>
        </div>
      </div>
      <Field label={t("equals")} hint={t("equalsHint")}>
        {(field) => (
          <textarea
            {...field}
            rows={3}
            spellCheck={false}
            value={draft.equals}
            maxLength={MAX_EXPECTED_CHARS}
            onChange={(event) => onDraft({ equals: event.target.value })}
            className={`${TEXTAREA_CLASS} font-mono`}
          />
        )}
      </Field>
      {open && (
        <OutputDialog
          output={schema && { type: "json_schema", ...schema }}
          onChange={(next) => {
            if (next?.type === "json_schema") onDraft({ schema: { name: next.name, schema: next.schema } })
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  )
}
