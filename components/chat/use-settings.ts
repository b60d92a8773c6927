import { useCallback, useEffect, useMemo, useState } from "react"
import { keepSettings } from "@/components/base/conversation-api"
import type { PageStorage } from "@/components/base/storage"
import { useStore } from "@/components/base/store"
import { SettingsStore } from "@/components/chat/settings-store"
import { withoutDefaults } from "@/components/presets/parameters"
import { complain } from "@/components/session/complain"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatSettings } from "@/lib/messages/types"

interface Options {
  id: string
  view: ConversationView | null
  /** The settings of a new conversation. */
  initial: ChatSettings | undefined
  /** Stores what is chosen before the first message. */
  storage: () => PageStorage
}

/**
 * System prompt, parameters and tools of a conversation: the server's values plus later local changes. The compared
 * models are stored with them but belong to the model picker: `settings` and `change` don't touch them.
 */
export function useSettings({ id, view, initial = {}, storage }: Options) {
  const [store] = useState(() => {
    const tell = (settings: ChatSettings) => void keepSettings(id, withoutDefaults(settings)).catch(complain)
    return new SettingsStore({ initial: view?.settings ?? initial, stored: view !== null, tell })
  })
  useEffect(() => {
    store.load(storage(), window.location.pathname === `/c/${id}`)
    window.addEventListener("pagehide", store.flush)
    return () => {
      window.removeEventListener("pagehide", store.flush)
      store.flush()
    }
  }, [store, storage, id])
  const all = useStore(store)
  const settings = useMemo(() => {
    const { compare: _compare, ...rest } = all
    return rest
  }, [all])
  const change = useCallback(
    (next: ChatSettings) => {
      const { compare } = store.get()
      store.change({ ...next, ...(compare && { compare }) })
    },
    [store],
  )
  return { store, settings, change }
}
