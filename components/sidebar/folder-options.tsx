"use client"

import { Pencil, SquarePen, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import type { ListActions } from "@/components/sidebar/list-context"
import { ContextMenu, Menu, MenuItem, MenuSeparator, type Point } from "@/components/ui/menu"
import type { FolderSummary } from "@/lib/chat/list/sections"

interface Props {
  /** Either the button that opens it, */
  trigger?: ReactNode
  /** or the point where it was requested. */
  at?: Point
  onClose?: () => void
  folder: FolderSummary
  actions: ListActions
  onName: () => void
}

/** A folder's menu, opened from its button or as a context menu; loaded when first opened. */
export default function FolderOptions({ trigger, at, onClose = () => {}, folder, actions, onName }: Props) {
  const t = useTranslations("sidebar")
  const go = useGuardedNavigation()
  const { id, name } = folder
  const items = (
    <>
      <MenuItem
        onSelect={() => {
          actions.onOpen()
          go(`/?folder=${id}`)
        }}
      >
        <SquarePen /> {t("newChatHere")}
      </MenuItem>
      <MenuItem onSelect={() => setTimeout(onName)}>
        <Pencil /> {t("rename")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={() => void actions.removeFolder(id, name)}>
        <Trash2 /> {t("deleteFolder")}
      </MenuItem>
    </>
  )
  if (!at)
    return (
      <Menu trigger={trigger} defaultOpen>
        {items}
      </Menu>
    )
  return (
    <ContextMenu at={at} label={t("folderOptions", { name })} onClose={onClose}>
      {items}
    </ContextMenu>
  )
}
