"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { keepCookie } from "@/components/base/cookie"
import { ChoiceRow } from "@/components/settings/setting-row"
import { chosenIn, LANGUAGE_COOKIE, LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n/language"

const OF_BROWSER = "browser"

/** What belongs nowhere else. */
export function GeneralSection() {
  return <LanguageRow />
}

function LanguageRow() {
  const t = useTranslations("appSettings")
  const router = useRouter()
  const [chosen, setChosen] = useState<string>(() => chosenIn(document.cookie) ?? OF_BROWSER)
  const choose = (language: string) => {
    setChosen(language)
    keepCookie(LANGUAGE_COOKIE, language === OF_BROWSER ? null : language)
    // The texts come anew; what is typed and what is streaming stays.
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
