"use client"

import { Archive, ArchiveRestore, Pencil, Pin, PinOff, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Menu, MenuItem } from "@/components/ui/menu"

interface Props {
  trigger: ReactNode
  pinned: boolean
  archived: boolean
  onPin: () => void
  onArchive: () => void
  onRename: () => void
  onDelete: () => void
}

/** The menu of a `ConversationItem`, fetched when it is first opened. */
export default function ConversationOptions({
  trigger,
  pinned,
  archived,
  onPin,
  onArchive,
  onRename,
  onDelete,
}: Props) {
  const t = useTranslations("sidebar")
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={onPin}>
        {pinned ? <PinOff /> : <Pin />} {t(pinned ? "unpin" : "pin")}
      </MenuItem>
      <MenuItem onSelect={onArchive}>
        {archived ? <ArchiveRestore /> : <Archive />} {t(archived ? "unarchive" : "archive")}
      </MenuItem>
      {/* After the menu has closed, which gives the focus back. */}
      <MenuItem onSelect={() => setTimeout(onRename)}>
        <Pencil /> {t("rename")}
      </MenuItem>
      <MenuItem danger onSelect={onDelete}>
        <Trash2 /> {t("delete")}
      </MenuItem>
    </Menu>
  )
}
