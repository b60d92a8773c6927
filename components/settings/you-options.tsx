"use client"

import { Braces, Keyboard, LogIn, LogOut, Monitor, Moon, Settings, ShieldCheck, Sun, UserRoundPlus } from "lucide-react"
import { useTranslations } from "next-intl"
import { useTheme } from "next-themes"
import type { ReactNode } from "react"
import { signOut } from "@/components/account/api"
import { sentenceOf } from "@/components/base/api"
import { KEYS, useKeyText } from "@/components/base/keys"
import { pageCommand } from "@/components/base/page-commands"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { showSettings } from "@/components/settings/place"
import type { Visitor } from "@/components/settings/you-menu"
import { Menu, MenuItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from "@/components/ui/menu"
import { toast } from "@/components/ui/toast"

/** Delay in milliseconds until the menu has restored focus, so that what opens next keeps it. */
const AFTER_MENU_MS = 0

const afterMenu = (work: () => void) => () => void setTimeout(work, AFTER_MENU_MS)

/** Returns here afterwards. */
const leaveTo = (page: string) =>
  window.location.assign(`${page}?to=${encodeURIComponent(window.location.pathname + window.location.search)}`)

/** Signs out; shows an error when the server can't be reached. */
const leave = () =>
  signOut().then(
    () => window.location.assign("/sign-in?done=signedOut"),
    (error: unknown) => toast.error(sentenceOf(error)),
  )

/** The menu of `YouMenu`, loaded when first opened. */
export default function YouOptions({ trigger, account }: { trigger: ReactNode; account: Visitor }) {
  const t = useTranslations("you")
  const { theme, setTheme } = useTheme()
  const { name, email, guest, canSignUp, admin } = account
  const go = useGuardedNavigation()
  return (
    <Menu trigger={trigger} align="start" defaultOpen>
      <div className="max-w-60 px-2.5 pt-1.5 pb-2">
        <p className="wrap-anywhere font-medium text-sm">{name}</p>
        <p className="wrap-anywhere mt-0.5 text-pretty text-muted-foreground text-xs leading-4.5">
          {guest ? t("where") : email !== name && email}
        </p>
      </div>
      {guest && <WaysIn canSignUp={canSignUp} />}
      <MenuSeparator />
      <MenuItem onSelect={afterMenu(() => showSettings())}>
        <Settings /> <span className="flex-1">{t("settings")}</span>
        <Keys of={KEYS.settings} />
      </MenuItem>
      <MenuItem onSelect={afterMenu(() => go("/schemas"))}>
        <Braces /> <span className="flex-1">{t("schemas")}</span>
      </MenuItem>
      {admin && (
        <MenuItem onSelect={afterMenu(() => go("/admin"))}>
          <ShieldCheck /> <span className="flex-1">{t("admin")}</span>
        </MenuItem>
      )}
      <MenuItem onSelect={afterMenu(() => pageCommand("shortcuts")?.())} className="pointer-coarse:hidden">
        <Keyboard /> <span className="flex-1">{t("shortcuts")}</span>
        <Keys of={KEYS.shortcuts} />
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t("theme")}</MenuLabel>
      <MenuRadioGroup value={theme} onValueChange={setTheme} aria-label={t("theme")}>
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
      {!guest && (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => void leave()}>
            <LogOut /> {t("signOut")}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

/** For users without an account. */
function WaysIn({ canSignUp }: { canSignUp: boolean }) {
  const t = useTranslations("you")
  return (
    <>
      <MenuItem onSelect={() => leaveTo("/sign-in")}>
        <LogIn /> {t("signIn")}
      </MenuItem>
      {canSignUp && (
        <MenuItem onSelect={() => leaveTo("/sign-up")}>
          <UserRoundPlus /> {t("signUp")}
        </MenuItem>
      )}
    </>
  )
}

function Keys({ of }: { of: string }) {
  const keyText = useKeyText()
  return (
    <kbd aria-hidden className="font-sans text-muted-foreground text-xs pointer-coarse:hidden">
      {keyText(of)}
    </kbd>
  )
}
