"use client"

import { Monitor, Moon, Sun } from "lucide-react"
import { useTheme } from "next-themes"
import type { ReactNode } from "react"
import { Menu, MenuRadioGroup, MenuRadioItem } from "@/components/ui/menu"

/** The menu of `ThemeMenu`, fetched when it is first opened. */
export default function ThemeOptions({ trigger }: { trigger: ReactNode }) {
  const { theme, setTheme } = useTheme()
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuRadioGroup value={theme} onValueChange={setTheme}>
        <MenuRadioItem value="light">
          <Sun /> Light
        </MenuRadioItem>
        <MenuRadioItem value="dark">
          <Moon /> Dark
        </MenuRadioItem>
        <MenuRadioItem value="system">
          <Monitor /> System
        </MenuRadioItem>
      </MenuRadioGroup>
    </Menu>
  )
}
