"use client"

import { useTranslations } from "next-intl"
import { useRef } from "react"
import { toast } from "@/components/ui/toast"

interface Props {
  label: string
  name: string
  /** Null keeps the old name. */
  onEnd: (name: string | null, byKey: boolean) => void
}

/** Renames a conversation or folder: Enter saves; Escape cancels and offers to restore what was typed. */
export function NameField({ label, name, onEnd }: Props) {
  const t = useTranslations("sidebar")
  const ended = useRef(false)
  const end = (text: string, byKey: boolean) => {
    // Enter and Escape also cause a blur: only the first event counts.
    if (ended.current) return
    ended.current = true
    const next = text.trim()
    onEnd(next && next !== name ? next : null, byKey)
  }
  const leave = (text: string) => {
    const typed = text.trim()
    end("", true)
    if (!typed || typed === name) return
    toast(t("nameDropped", { name: typed }), { action: { label: t("keepName"), onClick: () => onEnd(typed, false) } })
  }
  return (
    <input
      ref={(field) => field?.select()}
      aria-label={label}
      placeholder={label}
      defaultValue={name}
      maxLength={200}
      onKeyDown={(event) => {
        // Keys typed here are not list commands.
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        if (event.key === "Enter") end(event.currentTarget.value, true)
        if (event.key === "Escape") leave(event.currentTarget.value)
      }}
      onBlur={(event) => end(event.currentTarget.value, false)}
      className="h-8 w-full rounded-md border border-input bg-surface px-2 text-[0.84375rem]"
    />
  )
}
