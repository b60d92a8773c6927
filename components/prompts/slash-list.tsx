"use client"

import { type RefObject, useCallback, useEffect } from "react"
import { mistyped } from "@/components/prompts/mistyped"
import SlashMenu, { type SlashKeys } from "@/components/prompts/slash-menu"
import { type SlashTargets, useSlashItems } from "@/components/prompts/use-slash"
import { variablesOf } from "@/lib/presets/template"
import type { Prompt } from "@/lib/presets/types"

/** The command that a text probably means although it isn't one, or null. */
export type Meaning = (text: string) => string | null

interface Props {
  query: string
  field: RefObject<HTMLTextAreaElement | null>
  keys: RefObject<SlashKeys | null>
  /** Set once the list was shown, and kept. */
  meaning: RefObject<Meaning | null>
  /** An item was chosen: removes the text typed for it. */
  onChosen: () => void
  onClose: () => void
  targets: SlashTargets
  /** Inserts a text into the field. */
  onType: (text: string) => void
  /** Asks for a prompt's variables. */
  onFill: (prompt: Prompt) => void
}

/** The list after a slash, with its items. Loaded with the first slash. */
export default function SlashList({ query, field, keys, meaning, onChosen, onClose, targets, onType, onFill }: Props) {
  const onPrompt = useCallback(
    (prompt: Prompt) => (variablesOf(prompt.text).length > 0 ? onFill(prompt) : onType(prompt.text)),
    [onFill, onType],
  )
  const entries = useSlashItems({ ...targets, onPrompt, onType })
  useEffect(() => {
    const commands = entries.flatMap(({ item }) => (item.kind === "model" ? [] : item.command))
    meaning.current = (text) => mistyped(text, commands)
  }, [entries, meaning])
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
