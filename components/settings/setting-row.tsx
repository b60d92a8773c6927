"use client"

import { type ReactNode, useId } from "react"

interface RowProps {
  label: string
  /** What it does, where the label is not enough. */
  meaning?: ReactNode
  /** A field uses the ids, so that the row's label names it; a button has its own text. */
  children: ReactNode | ((ids: { id: string; describedBy: string | undefined }) => ReactNode)
}

/**
 * A setting: label and description at the start, control at the end of the line; on a phone below if it doesn't fit.
 */
export function SettingRow({ label, meaning, children }: RowProps) {
  const id = useId()
  const field = typeof children === "function"
  const ids = { id, describedBy: meaning ? `${id}-meaning` : undefined }
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b py-3 last:border-0">
      <div className="min-w-[min(100%,13rem)] flex-1">
        {field ? (
          <label htmlFor={id} className="block text-sm">
            {label}
          </label>
        ) : (
          <p className="text-sm">{label}</p>
        )}
        {meaning && (
          <p id={ids.describedBy} className="mt-0.5 text-pretty text-[0.8125rem] text-muted-foreground leading-5">
            {meaning}
          </p>
        )}
      </div>
      {field ? children(ids) : children}
    </div>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  meaning?: ReactNode
  value: T
  options: readonly { value: T; label: string; lang?: string }[]
  onChange: (value: T) => void
}

/** A setting with several options. */
export function ChoiceRow<T extends string>({ label, meaning, value, options, onChange }: ChoiceProps<T>) {
  return (
    <SettingRow label={label} meaning={meaning}>
      {({ id, describedBy }) => (
        <select
          id={id}
          value={value}
          aria-describedby={describedBy}
          onChange={({ target }) => {
            const chosen = options.find((option) => option.value === target.value)
            if (chosen) onChange(chosen.value)
          }}
          className="h-9 min-w-36 max-w-full rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} lang={option.lang}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </SettingRow>
  )
}

interface SwitchProps {
  label: string
  meaning?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
}

/** An on/off setting. */
export function SwitchRow({ label, meaning, checked, onChange }: SwitchProps) {
  return (
    <SettingRow label={label} meaning={meaning}>
      {({ id, describedBy }) => (
        <span className="relative inline-flex h-6 w-10 shrink-0">
          <input
            id={id}
            type="checkbox"
            role="switch"
            checked={checked}
            aria-checked={checked}
            aria-describedby={describedBy}
            onChange={({ target }) => onChange(target.checked)}
            className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-full border border-input bg-muted transition-colors checked:border-primary checked:bg-primary pointer-coarse:before:-inset-2.5 pointer-coarse:before:absolute pointer-coarse:before:content-['']"
          />
          <span
            aria-hidden
            className="pointer-events-none absolute start-1 top-1 size-4 rounded-full bg-muted-foreground transition-transform peer-checked:translate-x-4 peer-checked:bg-primary-foreground rtl:peer-checked:-translate-x-4"
          />
        </span>
      )}
    </SettingRow>
  )
}
