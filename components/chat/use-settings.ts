import { type RefObject, useCallback, useEffect, useRef, useState } from "react"
import type { ChatSettings, ConversationView } from "@/lib/chat/types"

const keyOf = (id: string) => `sparkler:settings:${id}`

/** What was chosen and not sent yet; null when nothing was. The server reads it with a schema before it counts. */
function readKept(id: string): ChatSettings | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? "null")
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function keep(id: string, settings: ChatSettings | null): void {
  try {
    if (settings) localStorage.setItem(keyOf(id), JSON.stringify(settings))
    else localStorage.removeItem(keyOf(id))
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export interface SettingsOfChat {
  settings: ChatSettings
  /** The same, for what is sent. */
  chosen: RefObject<ChatSettings>
  change: (settings: ChatSettings) => void
  /** The server has them with the message. */
  accepted: () => void
}

/**
 * System prompt, parameters and tools of a conversation: the server's, those of the person's default preset in a new
 * one, and over both what was chosen here and is not sent yet.
 */
export function useSettings(id: string, view: ConversationView | null, initial: ChatSettings = {}): SettingsOfChat {
  const [settings, setSettings] = useState(view?.settings ?? initial)
  const chosen = useRef(settings)
  const key = view ? id : "new"
  const show = useCallback((next: ChatSettings) => {
    chosen.current = next
    setSettings(next)
  }, [])
  useEffect(() => {
    const kept = readKept(key)
    if (kept) show(kept)
  }, [key, show])
  const change = useCallback(
    (next: ChatSettings) => {
      show(next)
      keep(key, next)
    },
    [key, show],
  )
  const accepted = useCallback(() => keep(key, null), [key])
  return { settings, chosen, change, accepted }
}
