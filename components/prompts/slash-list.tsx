"use client"

import { type RefObject, useCallback, useEffect } from "react"
import { mistyped } from "@/components/prompts/mistyped"
import SlashMenu, { type SlashKeys } from "@/components/prompts/slash-menu"
import { type SlashTargets, useSlashItems } from "@/components/prompts/use-slash"
import { variablesOf } from "@/lib/presets/template"
import type { Prompt } from "@/lib/presets/types"

/** The command that a text probably means though it is none, or null. */
export type Meaning = (text: string) => string | null

interface Props {
  query: string
  field: RefObject<HTMLTextAreaElement | null>
  keys: RefObject<SlashKeys | null>
  /** Known as soon as the list was shown once, and from then on. */
  meaning: RefObject<Meaning | null>
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
