"use client"

import { type RefObject, useCallback } from "react"
import SlashMenu, { type SlashKeys } from "@/components/presets/slash-menu"
import { type SlashTargets, useSlashItems } from "@/components/presets/use-slash"
import { variablesOf } from "@/lib/presets/template"
import type { Prompt } from "@/lib/presets/types"

interface Props {
  query: string
  field: RefObject<HTMLTextAreaElement | null>
  keys: RefObject<SlashKeys | null>
  /** Something was chosen: what was typed for it goes. */
  onChosen: () => void
  onClose: () => void
  targets: SlashTargets
  /** Puts a text into the field. */
  onType: (text: string) => void
  /** Asks for the values of a prompt. */
  onFill: (prompt: Prompt) => void
}

/** The list behind a slash with what it holds. Fetched with the first slash. */
export default function SlashList({ query, field, keys, onChosen, onClose, targets, onType, onFill }: Props) {
  const onPrompt = useCallback(
    (prompt: Prompt) => (variablesOf(prompt.text).length > 0 ? onFill(prompt) : onType(prompt.text)),
    [onFill, onType],
  )
  const entries = useSlashItems({ ...targets, onPrompt, onType })
  return (
    <SlashMenu
      items={entries.map(({ item }) => item)}
      {...{ query, field, keys, onClose }}
      onChoose={({ id }) => {
        onChosen()
        entries.find(({ item }) => item.id === id)?.run()
      }}
    />
  )
}
