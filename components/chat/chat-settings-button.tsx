"use client"

import { usePart } from "@/components/base/store"
import type { ChatPage } from "@/components/chat/use-chat-page"
import { SettingsButton } from "@/components/chat-settings/settings-button"
import type { ModelsResponse } from "@/lib/models/model.types"

/** The settings of the page's chat. The structured output is the composer's, and goes into a preset too. */
export function ChatSettingsButton({ page, models }: { page: ChatPage; models: ModelsResponse }) {
  const { draft, settings, model, chooseModel, changeSettings } = page
  const output = usePart(draft, (written) => written.output)
  return (
    <SettingsButton
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
