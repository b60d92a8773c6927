"use client"

import { Moon, Sun } from "lucide-react"
import { useTranslations } from "next-intl"
import { lazy } from "react"
import { IconButton } from "@/components/ui/icon-button"
import { OnDemand } from "@/components/ui/on-demand"

const ThemeOptions = lazy(() => import("@/components/settings/theme-options"))

/** Light, dark, or as the system is. */
export function ThemeMenu() {
  const t = useTranslations("sidebar")
  const trigger = (
    <IconButton label={t("theme")}>
      <Sun className="size-4 dark:hidden" />
      <Moon className="hidden size-4 dark:block" />
    </IconButton>
  )
  return (
    <OnDemand trigger={trigger}>
      <ThemeOptions trigger={trigger} />
    </OnDemand>
  )
}
