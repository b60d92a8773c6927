"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useRef, useState } from "react"
import { ApiError, sentenceOf } from "@/components/base/api"

export interface Problem {
  /** The field it is about; null: the whole form. */
  field: string | null
  text: string
}

/**
 * A form whose `send` receives the texts of its fields. Errors are shown at their field, which gets focus. `required`
 * maps fields that must not be empty to their error message.
 */
export function useForm(send: (fields: Record<string, string>) => Promise<void>, required: Record<string, string>) {
  const t = useTranslations("account")
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const tell = (next: Problem) => {
    setProblem(next)
    const field = next.field ? form.current?.elements.namedItem(next.field) : null
    if (field instanceof HTMLInputElement) field.focus()
  }
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || !form.current) return
    const fields = textsOf(form.current)
    const empty = Object.keys(required).find((name) => !fields[name]?.trim())
    if (empty) return tell({ field: empty, text: required[empty] ?? "" })
    setBusy(true)
    setProblem(null)
    try {
      await send(fields)
    } catch (error) {
      const field = error instanceof ApiError && typeof error.details.field === "string" ? error.details.field : null
      const known = field !== null && form.current.elements.namedItem(field) !== null
      tell({ field: known ? field : null, text: sentenceOf(error, t("failed")) })
    }
    setBusy(false)
  }
  return { form: { ref: form, onSubmit, noValidate: true, method: "post" as const }, busy, problem, tell }
}

const textsOf = (form: HTMLFormElement): Record<string, string> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
