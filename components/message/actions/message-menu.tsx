"use client"

import type { ReactNode } from "react"
import type { RowItem } from "@/components/message/actions/use-row-items"
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu"

/** What else can be done with a message, fetched when it is first opened; on a phone also what has a button elsewhere. */
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
