"use client"

import { useId } from "react"

interface Props {
  label: string
  meaning?: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

/** A labeled checkbox. */
export function Check({ label, meaning, checked, disabled, onChange }: Props) {
  const id = useId()
  return (
    <div className="flex gap-2.5 py-1.5 pointer-coarse:py-2.5">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={meaning ? `${id}-meaning` : undefined}
        onChange={({ target }) => onChange(target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-(--primary) pointer-coarse:size-5"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="wrap-anywhere block text-sm leading-5">
          {label}
        </label>
        {meaning && (
          <p id={`${id}-meaning`} className="text-pretty text-[0.8125rem] text-muted-foreground leading-5">
            {meaning}
          </p>
        )}
      </div>
    </div>
  )
}
