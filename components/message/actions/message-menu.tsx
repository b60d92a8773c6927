"use client"

import type { ReactNode } from "react"
import type { RowItem } from "@/components/message/actions/use-row-items"
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu"

/** Further actions of a message, loaded when first opened; on a phone also those that have buttons elsewhere. */
export default function MessageMenu({ trigger, items }: { trigger: ReactNode; items: RowItem[] }) {
  const row = ({ key, label, icon: Icon, where, danger, disabled, run }: RowItem) => (
    <MenuItem
      key={key}
      danger={danger}
      disabled={disabled}
      onSelect={run}
      className={where === "menu" ? undefined : "sm:hidden"}
    >
      <Icon /> {label}
    </MenuItem>
  )
  const last = items.filter(({ danger }) => danger)
  return (
    <Menu trigger={trigger} align="start" defaultOpen>
      {items.filter(({ danger }) => !danger).map(row)}
      {last.length > 0 && <MenuSeparator />}
      {last.map(row)}
    </Menu>
  )
}
