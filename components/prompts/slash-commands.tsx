"use client"

import { type KeyboardEvent, type RefObject, Suspense, useCallback, useRef, useState } from "react"
import { useStoreSelector } from "@/components/base/store"
import type { DraftStore } from "@/components/draft/draft"
import { slashQuery } from "@/components/prompts/slash"
import type { Meaning } from "@/components/prompts/slash-list"
import type { SlashKeys } from "@/components/prompts/slash-menu"
import type { SlashTargets } from "@/components/prompts/use-slash"
import { lazyOverlay, lazyPart } from "@/components/ui/lazy-part"
import type { Prompt } from "@/lib/presets/types"

const SlashList = lazyPart(() => import("@/components/prompts/slash-list"))
const VariablesDialog = lazyOverlay(() => import("@/components/prompts/variables-dialog"))

interface Options {
  draft: DraftStore
  field: RefObject<HTMLTextAreaElement | null>
  targets: SlashTargets
}

export type SlashCommands = ReturnType<typeof useSlashCommands>

/** The composer's slash commands: key handling, the list above it, and the command a text may have meant. */
export function useSlashCommands({ draft, field, targets }: Options) {
  const query = useStoreSelector(
    draft,
    ({ text }) => slashQuery(text),
    () => null,
  )
  const [left, setLeft] = useState(false)
  const [filling, setFilling] = useState<Prompt | null>(null)
  const keys = useRef<SlashKeys | null>(null)
  const meaning = useRef<Meaning | null>(null)
  // Escape stays in effect until the slash is gone.
  if (left && query === null) setLeft(false)

  const write = useCallback(
    (text: string) => {
      draft.update(() => ({ text }))
      field.current?.focus()
    },
    [draft, field],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (keys.current?.(event)) event.preventDefault()
  }
  const list = query !== null && !left && (
    // A separate boundary: otherwise typing would wait for it.
    <Suspense>
      <SlashList
        {...{ query, field, keys, meaning, targets }}
        onType={write}
        onFill={setFilling}
        onChosen={() => draft.update(() => ({ text: "" }))}
        onClose={() => setLeft(true)}
      />
    </Suspense>
  )
  const dialog = filling && (
    <VariablesDialog
      prompt={filling}
      onFill={(text) => {
        setFilling(null)
        write(text)
      }}
      onClose={() => setFilling(null)}
    />
  )
  // A user who closed the list means the text literally.
  const meant: Meaning = (text) => (left ? null : (meaning.current?.(text) ?? null))
  return { onKeyDown, list, dialog, write, meant }
}
