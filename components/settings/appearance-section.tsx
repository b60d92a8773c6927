"use client"

import { useTranslations } from "next-intl"
import { useTheme } from "next-themes"
import { ChoiceRow } from "@/components/settings/setting-row"

/** Appearance settings. */
export function AppearanceSection() {
  const t = useTranslations("appSettings")
  const { theme, setTheme } = useTheme()
  return (
    <ChoiceRow
      label={t("theme")}
      value={theme ?? "system"}
      options={[
        { value: "system", label: t("system") },
        { value: "light", label: t("light") },
        { value: "dark", label: t("dark") },
      ]}
      onChange={setTheme}
    />
  )
}
