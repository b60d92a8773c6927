"use client"

import { useTranslations } from "next-intl"
import { type RefObject, useId, useMemo } from "react"
import { PastedTypes } from "@/components/schemas/pasted-types"
import { SchemaNotes } from "@/components/schemas/schema-notes"
import type { SchemaProblem } from "@/components/schemas/schema-text"
import { Button } from "@/components/ui/button"
import { useUnsaved } from "@/components/ui/unsaved"
import { cn } from "@/lib/cn"
import { parsePasted } from "@/lib/output/paste/paste"

interface Props {
  /** The schema's text field. */
  ref: RefObject<HTMLTextAreaElement | null>
  text: string
  name: string
  /** The name used when none is entered. */
  placeholder: string
  problem: SchemaProblem | null
  /** The text is not in effect. */
  unsaved: boolean
  /** It is being validated. */
  readOnly: boolean
  onChange: (written: { text: string; name: string }) => void
  /** Saves it to the user's schemas; undefined while that is not possible. */
  onKeep: (() => void) | undefined
}

const FIELD = "w-full rounded-md border border-input bg-background px-3 py-2 text-sm max-sm:text-base"

interface NameProps {
  name: string
  placeholder: string
  onChange: (name: string) => void
}

function NameField({ name, placeholder, onChange }: NameProps) {
  const t = useTranslations("output")
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-[0.8125rem]">
        {t("name")}
      </label>
      <input
        id={id}
        value={name}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        maxLength={64}
        spellCheck={false}
        className={FIELD}
      />
    </div>
  )
}

/** Edits a schema and its name, and shows what is wrong with it. */
export function OwnSchema({ ref, text, name, placeholder, problem, unsaved, readOnly, onChange, onKeep }: Props) {
  const t = useTranslations("output")
  const id = useId()
  useUnsaved(unsaved)
  const pasted = useMemo(() => parsePasted(text), [text])
  const convert = (schema: string, type: string | null) => {
    onChange({ text: schema, name: name || (type ?? "") })
    // The button is gone.
    ref.current?.focus()
  }
  const said = problem && (text.trim() !== "" || problem.is !== "empty") ? problem : null
  return (
    <div className="mt-4 flex flex-col gap-3">
      <NameField name={name} placeholder={placeholder} onChange={(next) => onChange({ text, name: next })} />
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
          aria-invalid={said !== null && !(pasted && "schema" in pasted)}
          aria-describedby={`${id}-problem`}
          placeholder={'{ "type": "object", "properties": { … } }'}
          className={cn(
            FIELD,
            "max-h-[40dvh] resize-y font-mono text-[0.8125rem] leading-normal aria-invalid:border-danger max-sm:text-[0.8125rem]",
          )}
        />
        <div id={`${id}-problem`} aria-live="polite" className="mt-1 min-h-5 text-[0.8125rem] leading-5">
          {pasted ? (
            <PastedTypes pasted={pasted} onConvert={convert} />
          ) : (
            said && <p className="wrap-anywhere text-danger">{t(`schemaWrong.${said.is}`, valuesOf(said))}</p>
          )}
        </div>
      </div>
      {!said && !pasted && <SchemaNotes text={text} onChange={(next) => onChange({ text: next, name })} />}
      {onKeep && (
        <Button size="sm" className="self-start" onClick={onKeep}>
          {t("library.keepThis")}
        </Button>
      )}
    </div>
  )
}

function valuesOf(problem: SchemaProblem): Record<string, string | number> {
  const { is: _, ...values } = problem
  return "path" in values ? { line: values.line, name: values.name, reason: values.reason } : values
}
