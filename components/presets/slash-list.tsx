"use client"

import type { RefObject } from "react"
import SlashMenu, { type SlashKeys } from "@/components/presets/slash-menu"
import { useSlashItems } from "@/components/presets/use-slash"
import type { Preset, Prompt } from "@/lib/presets/types"

interface Props {
  query: string
  field: RefObject<HTMLTextAreaElement | null>
  keys: RefObject<SlashKeys | null>
  /** Something was chosen: what was typed for it goes. */
  onChosen: () => void
  onClose: () => void
  onPreset: (preset: Preset) => void
  onPrompt: (prompt: Prompt) => void
}

/** The list behind a slash with what it holds. Fetched with the first slash. */
export default function SlashList({ query, field, keys, onChosen, onClose, onPreset, onPrompt }: Props) {
  const entries = useSlashItems({ onPreset, onPrompt })
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
