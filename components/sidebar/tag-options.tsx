"use client"

import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Menu, MenuLabel, MenuRadioGroup, MenuRadioItem } from "@/components/ui/menu"
import type { ListOutline } from "@/lib/chat/list/sections"

interface Props {
  trigger: ReactNode
  tags: ListOutline["tags"]
  tag: string | null
  onTag: (tag: string | null) => void
}

/** Selects the tag the list shows; loaded when first opened. */
export default function TagOptions({ trigger, tags, tag, onTag }: Props) {
  const t = useTranslations("sidebar")
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuLabel>{t("byTag")}</MenuLabel>
      <div className="max-h-[50dvh] overflow-y-auto">
        <MenuRadioGroup value={tag ?? ""} onValueChange={(next) => onTag(next || null)}>
          <MenuRadioItem value="">{t("allTags")}</MenuRadioItem>
          {tags.map(({ name, count }) => (
            <MenuRadioItem key={name} value={name}>
              <span className="max-w-48 truncate">#{name}</span>
              <span className="text-muted-foreground text-xs tabular-nums">{count}</span>
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </div>
    </Menu>
  )
}
