"use client"

import { useEffect } from "react"
import { usePageCommand } from "@/components/base/page-commands"
import { useStore } from "@/components/base/store"
import { useCommandKey } from "@/components/base/use-command-key"
import { useRouterEntries } from "@/components/history/router-entry"
import { closeSettings, readSettingsPlace, settingsPlace, showSettings } from "@/components/settings/place"
import { lazyOverlay } from "@/components/ui/lazy-part"

const SettingsDialog = lazyOverlay(() => import("@/components/settings/settings-dialog"))

const show = () => showSettings()
const toggle = () => (settingsPlace.get() ? closeSettings() : showSettings())
const nowhere = () => null

/** Shows the settings: on Ctrl/⌘+,, at their URLs, and through the page command. */
export function SettingsHost() {
  useRouterEntries()
  const place = useStore(settingsPlace, nowhere)
  usePageCommand("appSettings", show)
  useCommandKey(",", toggle)
  useEffect(() => {
    readSettingsPlace()
    window.addEventListener("popstate", readSettingsPlace)
    window.addEventListener("hashchange", readSettingsPlace)
    return () => {
      window.removeEventListener("popstate", readSettingsPlace)
      window.removeEventListener("hashchange", readSettingsPlace)
      // Other pages have no settings; coming back reads the URL again.
      settingsPlace.set(null)
    }
  }, [])
  return place && <SettingsDialog section={place.section} onClose={closeSettings} />
}
