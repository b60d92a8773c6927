"use client"

import { ArrowDown } from "lucide-react"
import { usePathname } from "next/navigation"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { ComposerNotice } from "@/components/chat/composer-notice"
import { type Example, Greeting } from "@/components/chat/greeting"
import { ModelPicker } from "@/components/chat/model-picker"
import { useChatPage } from "@/components/chat/use-chat-page"
import { useFollow } from "@/components/chat/use-follow"
import { Composer } from "@/components/composer/composer"
import { useDrop } from "@/components/composer/use-drop"
import { useUploads } from "@/components/composer/use-uploads"
import { preloadMarkdown } from "@/components/message/markdown"
import { MessageContext } from "@/components/message/message-context"
import { MessageList } from "@/components/message/message-list"
import { ShareButton } from "@/components/share/share-button"
import { SidebarToggle } from "@/components/sidebar/shell"
import { Spinner } from "@/components/ui/spinner"
import type { ConversationView, ModelsResponse } from "@/lib/chat/types"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"
import { cn } from "@/lib/cn"

interface Props {
  id: string
  /** Null for a new conversation. */
  view: ConversationView | null
  models: ModelsResponse
}

/** A conversation: its header, its messages, and the place to write. */
export function Chat({ id, view, models }: Props) {
  const page = useChatPage({ id, view, models })
  return null
}
