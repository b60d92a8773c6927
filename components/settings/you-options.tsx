"use client"

import { Keyboard, Monitor, Moon, Settings, ShieldCheck, Sun } from "lucide-react"
import { useTranslations } from "next-intl"
import { useTheme } from "next-themes"
import type { ReactNode } from "react"
import { KEYS, useKeyText } from "@/components/base/keys"
import { useGo } from "@/components/base/leaving"
import { pageCommand } from "@/components/base/page-commands"
import { showSettings } from "@/components/settings/place"
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from "@/components/ui/menu"

/** Milliseconds until the menu has given the focus back: what opens then has it for good. */
const AFTER_MENU_MS = 0

const afterMenu = (work: () => void) => () => void setTimeout(work, AFTER_MENU_MS)

interface Props {
  trigger: ReactNode
  name: string
  /** Leads to the administration. */
  admin: boolean
}

/** The menu of `YouMenu`, fetched when it is first opened. */
export default function YouOptions({ trigger, name, admin }: Props) {
  const t = useTranslations("you")
  const { theme, setTheme } = useTheme()
  const go = useGo()
  return (
    <Menu trigger={trigger} align="start" defaultOpen>
      <div className="max-w-60 px-2.5 pt-1.5 pb-2">
        <p className="font-medium text-sm">{name}</p>
        <p className="mt-0.5 text-pretty text-muted-foreground text-xs leading-4.5">{t("where")}</p>
      </div>
      <MenuSeparator />
      <MenuItem onSelect={afterMenu(() => showSettings())}>
        <Settings /> <span className="flex-1">{t("settings")}</span>
        <Keys of={KEYS.settings} />
      </MenuItem>
      {admin && (
        <MenuItem onSelect={afterMenu(() => go("/admin"))}>
          <ShieldCheck /> <span className="flex-1">{t("admin")}</span>
        </MenuItem>
      )}
      <MenuItem onSelect={afterMenu(() => pageCommand("shortcuts")?.())} className="pointer-coarse:hidden">
        <Keyboard /> <span className="flex-1">{t("shortcuts")}</span>
        <Keys of={KEYS.shortcuts} />
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t("theme")}</MenuLabel>
      <MenuRadioGroup value={theme} onValueChange={setTheme} aria-label={t("theme")}>
        <MenuRadioItem value="light">
          <Sun /> {t("light")}
        </MenuRadioItem>
        <MenuRadioItem value="dark">
          <Moon /> {t("dark")}
        </MenuRadioItem>
        <MenuRadioItem value="system">
          <Monitor /> {t("system")}
        </MenuRadioItem>
      </MenuRadioGroup>
    </Menu>
  )
}

function Keys({ of }: { of: string }) {
  const keyText = useKeyText()
  return (
    <kbd aria-hidden className="font-sans text-muted-foreground text-xs pointer-coarse:hidden">
      {keyText(of)}
    </kbd>
  )
}
