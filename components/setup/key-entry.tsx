"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, useEffect, useId, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { SubmitButton } from "@/components/ui/submit-button"
import { useUnsaved } from "@/components/ui/unsaved"

interface Props<Kept> {
  /** Tests the key and, if it is valid, stores it. Throws `ApiError`. */
  put: (key: string) => Promise<Kept>
  onKept: (kept: Kept) => void
  onCancel?: () => void
  /** Label of the submit button. */
  save: string
  /** Text typed earlier. */
  typed?: string
  onType?: (key: string) => void
  autoFocus?: boolean
}

type Entered<Kept> = Pick<Props<Kept>, "put" | "onKept" | "typed" | "onType">

/** The typed text, submitting, and the error. */
function useEntry<Kept>({ put, onKept, typed, onType }: Entered<Kept>) {
  const t = useTranslations("setup")
  const field = useRef<HTMLInputElement>(null)
  const [some, setSome] = useState(Boolean(typed))
  useUnsaved(some)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const type = (key: string) => {
    setSome(key !== "")
    onType?.(key)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const key = field.current?.value ?? ""
    if (busy) return
    setProblem(key.trim() ? null : t("empty"))
    if (!key.trim()) return field.current?.focus()
    setBusy(true)
    try {
      const kept = await put(key)
      type("")
      onKept(kept)
    } catch (error) {
      setProblem(sentenceOf(error, t("failed")))
      setBusy(false)
      field.current?.focus()
    }
  }
  return { field, busy, problem, type, submit }
}

/** Takes a key, tests it, and shows errors. Asks before discarding what was typed. */
export function KeyEntry<Kept>({ onCancel, save, autoFocus, ...entered }: Props<Kept>) {
  const t = useTranslations("setup")
  const common = useTranslations("common")
  const id = useId()
  const { field, busy, problem, type, submit } = useEntry(entered)
  useEffect(() => {
    if (autoFocus) field.current?.focus()
  }, [autoFocus, field])
  return (
    <form onSubmit={submit} className="w-full">
      <label htmlFor={id} className="sr-only">
        {t("label")}
      </label>
      <div className="flex gap-2 max-sm:flex-col">
        <input
          ref={field}
          id={id}
          type="password"
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore
          data-lpignore="true"
          placeholder={t("placeholder")}
          defaultValue={entered.typed}
          onInput={({ currentTarget }) => type(currentTarget.value)}
          readOnly={busy}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          className="h-10 min-w-0 flex-1 rounded-md border border-input bg-background px-3 text-[0.9375rem] max-sm:flex-none max-sm:text-base pointer-coarse:h-11"
        />
        <SubmitButton variant="primary" className="h-10 px-4" aria-disabled={busy}>
          {busy && <Spinner />} {busy ? t("checking") : save}
        </SubmitButton>
        {onCancel && (
          <Button variant="ghost" className="h-10" onClick={onCancel}>
            {common("cancel")}
          </Button>
        )}
      </div>
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="wrap-anywhere mt-2 text-[0.875rem] text-danger">
          {problem}
        </p>
      )}
    </form>
  )
}
