"use client"

import { Monitor, Moon, Sun } from "lucide-react"
import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useTheme } from "next-themes"
import { type ReactNode, useState } from "react"
import { keepCookie } from "@/components/base/cookie"
import { Menu, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from "@/components/ui/menu"
import { chosenIn, LANGUAGE_COOKIE, LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n/language"

const OF_BROWSER = "browser"

/** The menu of `ThemeMenu`, fetched when it is first opened. */
export default function ThemeOptions({ trigger }: { trigger: ReactNode }) {
  const t = useTranslations("sidebar")
  const { theme, setTheme } = useTheme()
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuLabel>{t("themeOnly")}</MenuLabel>
      <MenuRadioGroup value={theme} onValueChange={setTheme} aria-label={t("themeOnly")}>
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
      <MenuSeparator />
      <Languages />
    </Menu>
  )
}

function Languages() {
  const t = useTranslations("sidebar")
  const router = useRouter()
  const [chosen, setChosen] = useState<string>(() => chosenIn(document.cookie) ?? OF_BROWSER)
  const choose = (language: string) => {
    setChosen(language)
    keepCookie(LANGUAGE_COOKIE, language === OF_BROWSER ? null : language)
    // The texts come anew; what is typed and what is streaming stays.
    router.refresh()
  }
  return (
    <>
      <MenuLabel>{t("language")}</MenuLabel>
      <MenuRadioGroup value={chosen} onValueChange={choose} aria-label={t("language")}>
        <MenuRadioItem value={OF_BROWSER}>{t("ofBrowser")}</MenuRadioItem>
        {LANGUAGES.map((language) => (
          <MenuRadioItem key={language} value={language} lang={language}>
            {LANGUAGE_NAMES[language]}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </>
  )
}
