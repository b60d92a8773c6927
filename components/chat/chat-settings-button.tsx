"use client"

import { useStoreSelector } from "@/components/base/store"
import type { ChatPage } from "@/components/chat/use-chat-page"
import { SettingsButton } from "@/components/chat-settings/settings-button"
import { useListedConversation, useOutline } from "@/components/conversations/store"
import type { ModelsResponse } from "@/lib/models/model.types"

/** The settings of the page's chat. Structured output belongs to the composer, but is saved in presets too. */
interface Props {
  id: string
  page: ChatPage
  models: ModelsResponse
  /** The folder for a new chat. */
  folderId: string | null
}

export function ChatSettingsButton({ id, page, models, folderId }: Props) {
  const { draft, settings, model, chooseModel, changeSettings } = page
  const output = useStoreSelector(draft, (written) => written.output)
  const here = useListedConversation(id)?.folderId ?? folderId
  const folder = useOutline().folders.find((known) => known.id === here)
  return (
    <SettingsButton
      folder={folder}
      current={{ model, settings, output }}
      models={models}
      onChange={(change) => {
        if (change.settings) changeSettings(change.settings)
        if (change.model) chooseModel(change.model)
        if (change.output !== undefined) draft.update(() => ({ output: change.output ?? null }))
      }}
    />
  )
}
