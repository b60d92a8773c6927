"use client"

import { useTranslations } from "next-intl"
import { type RefObject, useId } from "react"
import type { SchemaProblem } from "@/components/composer/schema-text"
import { useUnsaved } from "@/components/ui/unsaved"
import { cn } from "@/lib/cn"

interface Props {
  /** The schema's field. */
  ref: RefObject<HTMLTextAreaElement | null>
  text: string
  name: string
  /** The name that it has when none is written. */
  placeholder: string
  problem: SchemaProblem | null
  /** It doesn't hold. */
  unsaved: boolean
  /** It is being looked at. */
  readOnly: boolean
  onChange: (written: { text: string; name: string }) => void
}

/** A schema and its name, to be written or changed, and what is wrong with it. */
export function OwnSchema({ ref, text, name, placeholder, problem, unsaved, readOnly, onChange }: Props) {
  const t = useTranslations("output")
  const id = useId()
  useUnsaved(unsaved)
  const field = "w-full rounded-md border border-input bg-background px-3 py-2 text-sm max-sm:text-base"
  const said = problem && (text.trim() !== "" || problem.is !== "empty") ? problem : null
  return (
    <div className="mt-4 flex flex-col gap-3">
      <div>
        <label htmlFor={`${id}-name`} className="mb-1 block font-medium text-[0.8125rem]">
          {t("name")}
        </label>
        <input
          id={`${id}-name`}
          value={name}
          onChange={(event) => onChange({ text, name: event.target.value })}
          placeholder={placeholder}
          maxLength={64}
          spellCheck={false}
          className={field}
        />
      </div>
      <div>
        <label htmlFor={`${id}-schema`} className="mb-1 block font-medium text-[0.8125rem]">
          {t("schema")}
        </label>
        <textarea
          ref={ref}
          id={`${id}-schema`}
          value={text}
          onChange={(event) => onChange({ text: event.target.value, name })}
          readOnly={readOnly}
          rows={9}
          spellCheck={false}
          aria-invalid={said !== null}
          aria-describedby={`${id}-problem`}
          placeholder={'{ "type": "object", "properties": { … } }'}
          className={cn(
            field,
            "max-h-[40dvh] resize-y font-mono text-[0.8125rem] leading-normal aria-invalid:border-danger max-sm:text-[0.8125rem]",
          )}
        />
        <p
          id={`${id}-problem`}
          aria-live="polite"
          className="wrap-anywhere mt-1 min-h-5 text-[0.8125rem] text-danger leading-5"
        >
          {said ? t(`schemaWrong.${said.is}`, valuesOf(said)) : null}
        </p>
      </div>
    </div>
  )
}

function valuesOf(problem: SchemaProblem): Record<string, string | number> {
  const { is: _, ...values } = problem
  return values
}
