"use client"

import { Pencil, SquarePen, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useGo } from "@/components/history/leaving"
import type { ListActions } from "@/components/sidebar/list-context"
import { Menu, MenuAt, MenuItem, MenuSeparator, type Point } from "@/components/ui/menu"
import type { FolderSummary } from "@/lib/chat/list/sections"

interface Props {
  /** Either the button that it opens from, */
  trigger?: ReactNode
  /** or where it was asked for. */
  at?: Point
  onClose?: () => void
  folder: FolderSummary
  actions: ListActions
  onName: () => void
}

/** The menu of a folder, from its button and where it is asked for; fetched when it is first opened. */
export default function FolderOptions({ trigger, at, onClose = () => {}, folder, actions, onName }: Props) {
  const t = useTranslations("sidebar")
  const go = useGo()
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
    <MenuAt at={at} label={t("folderOptions", { name })} onClose={onClose}>
      {items}
    </MenuAt>
  )
}
