"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, type RefObject, useRef, useState } from "react"
import { FormProblem } from "@/components/account/field"
import type { useForm } from "@/components/account/use-form"
import { focusWhenRendered } from "@/components/base/focus"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"

/** A form that replaces a row's button while open. */
export function useRowForm() {
  const [open, setOpen] = useState(false)
  const button: RefObject<HTMLButtonElement | null> = useRef(null)
  const close = () => {
    setOpen(false)
    // The button reappears with the next render.
    focusWhenRendered(() => button.current)
  }
  return { open, button, show: () => setOpen(true), close }
}

interface Props extends Pick<ReturnType<typeof useForm>, "form" | "busy" | "problem"> {
  /** Label of the submit button. */
  save: string
  onCancel: () => void
  children: ReactNode
}

/** The fields, an error about the form, and buttons to submit or cancel. */
export function RowForm({ form, busy, problem, save, onCancel, children }: Props) {
  const common = useTranslations("common")
  return (
    <form {...form} className="flex w-full flex-col gap-3.5 pb-1">
      {children}
      <FormProblem problem={problem} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" aria-disabled={busy}>
          {busy && <Spinner />} {save}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  )
}
