"use client"

import { Pencil, SquarePen, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useGo } from "@/components/base/leaving"
import type { ListActions } from "@/components/sidebar/list-context"
import { Menu, MenuItem } from "@/components/ui/menu"
import type { FolderSummary } from "@/lib/chat/list/sections"

interface Props {
  trigger: ReactNode
  folder: FolderSummary
  actions: ListActions
  onName: () => void
}

/** The menu of a folder, fetched when it is first opened. */
export default function FolderOptions({ trigger, folder, actions, onName }: Props) {
  const t = useTranslations("sidebar")
  const go = useGo()
  const { id, name } = folder
  return (
    <Menu trigger={trigger} defaultOpen>
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
      <MenuItem danger onSelect={() => void actions.removeFolder(id, name)}>
        <Trash2 /> {t("deleteFolder")}
      </MenuItem>
    </Menu>
  )
}
