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
  /** What a new conversation begins with. */
  initial: ChatSettings | undefined
  /** Keeps what is chosen before the first message. */
  storage: () => PageStorage
}

/**
 * System prompt, parameters and tools of a conversation: the server's, and what was chosen here since. Which models are
 * compared is kept with them, and is the picker's: `settings` and `change` leave it alone.
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
