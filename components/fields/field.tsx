"use client"

import { type ReactNode, useId } from "react"

export const INPUT = "h-10 w-full rounded-md border border-input bg-background px-3 text-sm aria-invalid:border-danger"
export const TEXTAREA_CLASS = "w-full rounded-md border border-input bg-background px-3 py-2 text-sm"

interface Props {
  label: string
  hint?: string
  className?: string
  children: (field: { id: string; "aria-describedby": string | undefined }) => ReactNode
}

export function Field({ label, hint, className, children }: Props) {
  const id = useId()
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block font-medium text-sm">
        {label}
      </label>
      {children({ id, "aria-describedby": hint ? `${id}-hint` : undefined })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-[0.8125rem] text-muted-foreground leading-5">
          {hint}
        </p>
      )}
    </div>
  )
}
