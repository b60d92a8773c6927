"use client"

import { Monitor, Moon, Sun } from "lucide-react"
import { useTheme } from "next-themes"
import { IconButton } from "@/components/ui/icon-button"
import { Menu, MenuRadioGroup, MenuRadioItem } from "@/components/ui/menu"

/** Light, dark, or as the system is. */
export function ThemeMenu() {
  const { theme, setTheme } = useTheme()
  return (
    <Menu
      trigger={
        <IconButton label="Theme">
          <Sun className="size-4 dark:hidden" />
          <Moon className="hidden size-4 dark:block" />
        </IconButton>
      }
    >
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
