"use client"

import { Eye, EyeOff } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ComponentProps, type ReactNode, useId, useState } from "react"
import type { Problem } from "@/components/account/use-form"
import { IconButton } from "@/components/ui/icon-button"
import { Spinner } from "@/components/ui/spinner"
import { SubmitButton } from "@/components/ui/submit-button"
import { cn } from "@/lib/cn"

interface FieldProps extends Pick<ComponentProps<"input">, "autoComplete" | "defaultValue" | "autoFocus" | "type"> {
  name: string
  label: string
  /** Help text below it. */
  hint?: string
  problem: Problem | null
  /** Shown at the end of the label's line. */
  beside?: ReactNode
}

/** A field with its label above and its error below. A password can be revealed. */
export function Field({ name, label, hint, problem, beside, type = "text", ...input }: FieldProps) {
  const t = useTranslations("account")
  const id = useId()
  const [shown, setShown] = useState(false)
  const wrong = problem?.field === name
  const secret = type === "password"
  const described = [wrong && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ")
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {beside}
      </div>
      <div className="relative">
        <input
          {...input}
          // For a dialog above another one, which would reclaim the focus if it was set too early.
          data-autofocus={input.autoFocus || undefined}
          id={id}
          name={name}
          type={secret && shown ? "text" : type}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          inputMode={type === "email" ? "email" : undefined}
          aria-invalid={wrong || undefined}
          aria-describedby={described || undefined}
          className={cn(
            "h-11 w-full rounded-md border border-input bg-background px-3 text-base sm:text-[0.9375rem]",
            secret && "pe-11",
            wrong && "border-danger",
          )}
        />
        {secret && (
          <IconButton
            label={t(shown ? "hidePassword" : "showPassword")}
            onClick={() => setShown(!shown)}
            className="absolute end-1.5 top-1.5"
          >
            {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
          </IconButton>
        )}
      </div>
      {wrong && (
        <p id={`${id}-problem`} role="alert" className="wrap-anywhere mt-1.5 text-pretty text-danger text-sm">
          {problem.text}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-[0.8125rem] text-muted-foreground">
          {hint}
        </p>
      )}
    </div>
  )
}

/** An error concerning the whole form. */
export function FormProblem({ problem }: { problem: Problem | null }) {
  if (!problem || problem.field !== null) return null
  return <Alert>{problem.text}</Alert>
}

export function Alert({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="wrap-anywhere text-pretty rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
      {children}
    </p>
  )
}

export function Submit({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <SubmitButton variant="primary" className="h-11 w-full text-[0.9375rem]" aria-disabled={busy}>
      {busy && <Spinner />} {children}
    </SubmitButton>
  )
}
