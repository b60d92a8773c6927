"use client"

import { useRef } from "react"

interface Props {
  label: string
  name: string
  /** With null the name stays. */
  onEnd: (name: string | null, byKey: boolean) => void
}

/** Where a conversation or a folder is named: Enter keeps it, Escape doesn't. */
export function NameField({ label, name, onEnd }: Props) {
  const ended = useRef(false)
  const end = (text: string, byKey: boolean) => {
    // Enter and Escape take the focus away too: the first to come counts.
    if (ended.current) return
    ended.current = true
    const next = text.trim()
    onEnd(next && next !== name ? next : null, byKey)
  }
  return (
    <input
      ref={(field) => field?.select()}
      aria-label={label}
      placeholder={label}
      defaultValue={name}
      maxLength={200}
      onKeyDown={(event) => {
        // What is typed here is no command to the list.
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        if (event.key === "Enter") end(event.currentTarget.value, true)
        if (event.key === "Escape") end("", true)
      }}
      onBlur={(event) => end(event.currentTarget.value, false)}
      className="h-8 w-full rounded-md border border-input bg-surface px-2 text-[13.5px]"
    />
  )
}
