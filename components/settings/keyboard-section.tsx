"use client"

import { useTranslations } from "next-intl"
import { pageCommand } from "@/components/base/page-commands"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"

/** What keys do. */
export function KeyboardSection() {
  const t = useTranslations("appSettings")
  return (
    <SettingRow label={t("shortcuts")} meaning={t("shortcutsMeaning")}>
      <Button onClick={() => pageCommand("shortcuts")?.()}>{t("showShortcuts")}</Button>
    </SettingRow>
  )
}
