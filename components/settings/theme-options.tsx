"use client"

import { Monitor, Moon, Sun } from "lucide-react"
import { useTranslations } from "next-intl"
import { useTheme } from "next-themes"
import type { ReactNode } from "react"
import { Menu, MenuRadioGroup, MenuRadioItem } from "@/components/ui/menu"

/** The menu of `ThemeMenu`, fetched when it is first opened. */
export default function ThemeOptions({ trigger }: { trigger: ReactNode }) {
  const t = useTranslations("sidebar")
  const { theme, setTheme } = useTheme()
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuRadioGroup value={theme} onValueChange={setTheme}>
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
