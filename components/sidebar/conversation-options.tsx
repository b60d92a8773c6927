"use client"

import { Archive, ArchiveRestore, CheckSquare, FolderInput, Pencil, Pin, PinOff, Tag, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { ListActions } from "@/components/sidebar/list-context"
import { Menu, MenuItem } from "@/components/ui/menu"
import type { ConversationSummary } from "@/lib/chat/conversation.types"

interface Props {
  trigger: ReactNode
  conversation: ConversationSummary
  actions: ListActions
  onName: () => void
}

/** The menu of a `ConversationItem`, fetched when it is first opened. */
export default function ConversationOptions({ trigger, conversation, actions, onName }: Props) {
  const t = useTranslations("sidebar")
  const { id, pinned, archived } = conversation
  const many = [conversation]
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={() => void actions.pin(many, !pinned)}>
        {pinned ? <PinOff /> : <Pin />} {t(pinned ? "unpin" : "pin")}
      </MenuItem>
      {/* These open something: after the menu has closed, which gives the focus back. */}
      <MenuItem onSelect={() => setTimeout(() => actions.ask({ kind: "move", many }))}>
        <FolderInput /> {t("move")}
      </MenuItem>
      <MenuItem onSelect={() => setTimeout(() => actions.ask({ kind: "tags", many }))}>
        <Tag /> {t("tags")}
      </MenuItem>
      <MenuItem onSelect={() => setTimeout(onName)}>
        <Pencil /> {t("rename")}
      </MenuItem>
      <MenuItem onSelect={() => actions.toggle(id)}>
        <CheckSquare /> {t("select")}
      </MenuItem>
      <MenuItem
        onSelect={() => {
          if (!archived) actions.keepFocus([id])
          void actions.archive(many, !archived)
        }}
      >
        {archived ? <ArchiveRestore /> : <Archive />} {t(archived ? "unarchive" : "archive")}
      </MenuItem>
      <MenuItem
        danger
        onSelect={() => {
          actions.keepFocus([id])
          void actions.remove(many)
        }}
      >
        <Trash2 /> {t("delete")}
      </MenuItem>
    </Menu>
  )
}
