"use client"

import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Menu, MenuLabel, MenuRadioGroup, MenuRadioItem } from "@/components/ui/menu"
import { THINKING_LEVELS, type ThinkingLevel } from "@/lib/models/thinking"

interface Props {
  trigger: ReactNode
  levels: ThinkingLevel[]
  /** Several models are selected. */
  several: boolean
  value: ThinkingLevel | undefined
  /** The level used in place of one that the model doesn't support. */
  instead: string | null
  onChange: (level: ThinkingLevel | undefined) => void
}

const DEFAULT = "default"

/** The levels of a `ThinkingControl`, loaded on first use. */
export default function ThinkingMenu({ trigger, levels, several, value, instead, onChange }: Props) {
  const t = useTranslations("settings")
  const choose = (chosen: string) => onChange(levels.find((level) => level === chosen))
  const options = [DEFAULT, ...THINKING_LEVELS.filter((level) => levels.includes(level))] as const
  const note = instead ?? (several ? t("levelsOfSeveral") : null)
  return (
    <Menu trigger={trigger} align="start" defaultOpen>
      <MenuLabel>{t("reasoning")}</MenuLabel>
      <MenuRadioGroup value={value ?? DEFAULT} onValueChange={choose}>
        {options.map((level) => (
          <MenuRadioItem key={level} value={level}>
            {t(`efforts.${level}`)}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      {note && <p className="max-w-56 px-2.5 py-1.5 text-[0.8125rem] text-muted-foreground leading-5">{note}</p>}
    </Menu>
  )
}
