"use client"

import { useTranslations } from "next-intl"
import { useKeyName, useKeyText } from "@/components/base/keys"
import { pageCommand } from "@/components/base/page-commands"
import { useStore } from "@/components/base/store"
import { ChoiceRow, SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { chosenSendKey, sendKey } from "@/components/ui/enter"

/** Keyboard settings. */
export function KeyboardSection() {
  const t = useTranslations("appSettings")
  return (
    <>
      <SendKeyRow />
      <SettingRow label={t("shortcuts")} meaning={t("shortcutsMeaning")}>
        <Button onClick={() => pageCommand("shortcuts")?.()}>{t("showShortcuts")}</Button>
      </SettingRow>
    </>
  )
}

/** The key that sends. Defaults to Enter, except on on-screen keyboards, which have no other key for a new line. */
function SendKeyRow() {
  const t = useTranslations("appSettings")
  useStore(chosenSendKey, chosenSendKey.first)
  const key = sendKey()
  const keyText = useKeyText()
  const keyName = useKeyName()
  return (
    <ChoiceRow
      label={t("sendKey")}
      meaning={t("sendKeyMeaning", { key: key === "mod" ? keyName("Enter") : keyText("Shift+Enter") })}
      value={key}
      options={[
        { value: "enter", label: keyName("Enter") },
        { value: "mod", label: keyText("Control+Enter Meta+Enter") },
      ]}
      onChange={chosenSendKey.set}
    />
  )
}
