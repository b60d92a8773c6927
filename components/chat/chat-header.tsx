"use client"

import { type ReactNode, useEffect } from "react"
import { pageCommand } from "@/components/base/page-commands"
import { TemporaryLink, TemporaryMark } from "@/components/chat/temporary"
import { useListedConversation } from "@/components/conversations/store"
import { ModelPicker } from "@/components/models/model-picker"
import { PrintButton } from "@/components/print/print-button"
import { ShareButton } from "@/components/share/share-button"
import { NewChatButton, SidebarToggle } from "@/components/shell/shell"
import { FolderMark } from "@/components/sidebar/folder-mark"
import type { Comparing } from "@/lib/messages/types"
import type { ModelsResponse } from "@/lib/models/model.types"

interface Props {
  id: string
  /** As rendered by the server; the conversation list is more current. */
  title: string | null
  models: ModelsResponse
  model: string
  onModel: (id: string) => void
  compared: Comparing
  onCompare: (next: Comparing) => void
  /** There is nothing to share. */
  empty: boolean
  temporary: boolean
  /** Shown beside the model. */
  settings: ReactNode
  /** The folder for a new conversation. */
  folderId: string | null
}

export function ChatHeader(props: Props) {
  const { id, title: sent, models, model, onModel, compared, onCompare, empty, temporary, settings, folderId } = props
  const title = useListedConversation(id)?.title ?? sent
  useEffect(() => {
    if (title) document.title = `${title} · Sparkler`
  }, [title])
  return (
    <header className="shrink-0 px-2 sm:px-3 print:hidden">
      <div className="flex h-14 items-center gap-1">
        <SidebarToggle />
        <NewChatButton empty={empty && !temporary} />
        <ModelPicker known={models} value={model} onChange={onModel} compared={compared} onCompare={onCompare} />
        {settings}
        <div className="min-w-0 flex-1 px-2">
          {title && (
            <h1 className="truncate text-center text-[0.875rem] text-muted-foreground max-sm:sr-only">{title}</h1>
          )}
        </div>
        {folderId && empty && <FolderMark id={folderId} />}
        {temporary ? <TemporaryMark empty={empty} /> : sent === null && empty && <TemporaryLink />}
        {!empty && <PrintButton onPrint={() => pageCommand("print")?.()} className="max-sm:hidden" />}
        {!temporary && <ShareButton conversationId={id} disabled={empty} />}
      </div>
      {/* On a phone there is no room beside the others. The title itself may arrive a moment later. */}
      {!temporary && !empty && (
        <p aria-hidden className="-mt-1.5 h-6 truncate px-2.5 text-[0.8125rem] text-muted-foreground sm:hidden">
          {title}
        </p>
      )}
    </header>
  )
}
