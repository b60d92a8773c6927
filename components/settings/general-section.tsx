"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { saveCookie } from "@/components/base/cookie"
import { useStore } from "@/components/base/store"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { defaultDetail } from "@/components/images/default-detail"
import { ChoiceRow, SettingRow } from "@/components/settings/setting-row"
import { readAccess } from "@/components/setup/api"
import { Button } from "@/components/ui/button"
import { LANGUAGE_COOKIE, LANGUAGE_NAMES, LANGUAGES, languageFromCookies } from "@/lib/i18n/language"
import { DETAILS } from "@/lib/image.types"
import type { KeyAccess } from "@/lib/setup/types"

const OF_BROWSER = "browser"

/** General settings. */
export function GeneralSection() {
  return (
    <>
      <LanguageRow />
      <DetailRow />
      <KeyRow />
    </>
  )
}

/** Which service answers and, for the operator, a link to the key. */
function KeyRow() {
  const t = useTranslations("appSettings.key")
  const go = useGuardedNavigation()
  const [access, setAccess] = useState<KeyAccess | null>(null)
  useEffect(() => {
    let left = false
    readAccess().then(
      (read) => left || setAccess(read),
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [])
  if (!access) return null
  return (
    <SettingRow label={t("label")} meaning={`${t(access.source)}${access.may ? "" : ` ${t("operatorOnly")}`}`}>
      {access.may && <Button onClick={() => go("/setup")}>{t(access.source === "none" ? "add" : "manage")}</Button>}
    </SettingRow>
  )
}

/** The default detail level for images. */
function DetailRow() {
  const t = useTranslations("attachments.detail")
  const usual = useStore(defaultDetail, defaultDetail.first)
  return (
    <ChoiceRow
      label={t("setting")}
      meaning={t("settingMeaning")}
      value={usual}
      options={DETAILS.map((detail) => ({ value: detail, label: t(detail) }))}
      onChange={defaultDetail.set}
    />
  )
}

function LanguageRow() {
  const t = useTranslations("appSettings")
  const router = useRouter()
  const [chosen, setChosen] = useState<string>(() => languageFromCookies(document.cookie) ?? OF_BROWSER)
  const choose = (language: string) => {
    setChosen(language)
    saveCookie(LANGUAGE_COOKIE, language === OF_BROWSER ? null : language)
    // Reloads the texts; typed text and streaming answers are kept.
    router.refresh()
  }
  return (
    <ChoiceRow
      label={t("language")}
      value={chosen}
      options={[
        { value: OF_BROWSER, label: t("ofBrowser") },
        ...LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language], lang: language })),
      ]}
      onChange={choose}
    />
  )
}
