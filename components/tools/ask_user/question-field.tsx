"use client"

import { useTranslations } from "next-intl"
import { useId } from "react"
import type { Fault } from "@/components/tools/ask_user/answers"
import type { Question } from "@/lib/ai/tools/ask_user/types"

const FIELD = "w-full rounded-md border bg-background px-2.5 py-1.5 text-[0.875rem] pointer-coarse:py-2.5"

/** A question with its field; a choice is a fieldset. */
export function QuestionField({ question, fault }: { question: Question; fault: Fault | undefined }) {
  const t = useTranslations("tools")
  const id = useId()
  const note = fault && (
    <p id={`${id}-fault`} className="mt-1 text-[0.8125rem] text-danger">
      {t(fault, limitsOf(question))}
    </p>
  )
  const shared = { "aria-invalid": fault !== undefined, "aria-describedby": fault && `${id}-fault` }
  const label = (
    <>
      {question.question} {question.optional && <span className="text-muted-foreground">({t("optional")})</span>}
    </>
  )
  if (question.type === "choice" || question.type === "yes_no")
    return (
      <fieldset {...shared}>
        <legend className="mb-1.5">
          {label}{" "}
          {question.type === "choice" && question.several && (
            <span className="text-muted-foreground">({t("several")})</span>
          )}
        </legend>
        <Options question={question} />
        {note}
      </fieldset>
    )
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block">
        {label}
      </label>
      {question.type === "text" && question.long ? (
        <textarea id={id} name={question.id} rows={4} maxLength={10_000} className={FIELD} {...shared} />
      ) : (
        <input
          id={id}
          name={question.id}
          type={question.type}
          {...(question.type === "number"
            ? { min: question.min, max: question.max, step: "any" }
            : { maxLength: 10_000 })}
          className={FIELD}
          {...shared}
        />
      )}
      {note}
    </div>
  )
}

/** The selectable options. */
function Options({ question }: { question: Question }) {
  const t = useTranslations("tools")
  return (
    <div className="flex flex-wrap gap-2">
      {optionsOf(question, t("yes"), t("no")).map(({ value, text }) => (
        <label
          key={value}
          className="inline-flex min-h-8 cursor-pointer items-center gap-2 rounded-md border px-2.5 py-1 hover:bg-muted has-checked:border-primary pointer-coarse:min-h-10"
        >
          <input
            type={question.type === "choice" && question.several ? "checkbox" : "radio"}
            name={question.id}
            value={value}
            className="accent-primary"
          />
          <span className="wrap-anywhere min-w-0">{text}</span>
        </label>
      ))}
    </div>
  )
}

const limitsOf = (question: Question) =>
  question.type === "number" ? { min: question.min ?? 0, max: question.max ?? 0 } : { min: 0, max: 0 }

function optionsOf(question: Question, yes: string, no: string): { value: string; text: string }[] {
  if (question.type === "choice") return [...new Set(question.options)].map((text) => ({ value: text, text }))
  return [
    { value: "yes", text: yes },
    { value: "no", text: no },
  ]
}
