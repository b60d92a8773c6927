"use client"

import { usePathname } from "next/navigation"
import { useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { Chat } from "@/components/chat/chat"
import type { InitialNotice } from "@/components/chat/greeting-notice"
import {
  conversationIdFromPath,
  initialShownConversation,
  nextShownConversation,
} from "@/components/chat/which-conversation"
import { LazyMessageList } from "@/components/message/lazy-message-list"
import { defaultPreset } from "@/components/presets/default-preset"
import type { ModelsResponse } from "@/lib/models/model.types"
import type { Preset } from "@/lib/presets/types"

interface Props {
  id: string
  models: ModelsResponse
  /** The notice about which service answers. */
  notice: InitialNotice
  /** The conversation leaves nothing behind. */
  temporary: boolean
  /** The user's default preset. */
  preset: Preset | null
  /** The folder it starts in. */
  folderId: string | null
  /** The initial tools of chats in this folder; all when omitted. */
  folderTools?: string[]
}

/** The start page: a new conversation and, via Back and Forward, those started here. */
export function NewChat({ id: first, models, notice, temporary, preset, folderId, folderTools }: Props) {
  const pathname = usePathname()
  const [shown, setShown] = useState(() => initialShownConversation(first))
  const next = nextShownConversation(shown, pathname, uuidv7)
  if (next !== shown) setShown(next)
  const open = conversationIdFromPath(pathname)
  const id = open ?? next.fresh
  return (
    <Chat
      key={id}
      id={id}
      view={null}
      List={LazyMessageList}
      models={models}
      notice={notice}
      temporary={temporary}
      folderId={folderId}
      folderTools={open ? undefined : folderTools}
      preset={open ? null : defaultPreset(preset)}
    />
  )
}
