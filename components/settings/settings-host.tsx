"use client"

import dynamic from "next/dynamic"
import { useEffect } from "react"
import { usePageCommand } from "@/components/base/page-commands"
import { useStore } from "@/components/base/store"
import { useCommandKey } from "@/components/base/use-command-key"
import { closeSettings, readSettingsPlace, settingsPlace, showSettings } from "@/components/settings/place"

const SettingsDialog = dynamic(() => import("@/components/settings/settings-dialog"), { ssr: false })

const show = () => showSettings()
const toggle = () => (settingsPlace.get() ? closeSettings() : showSettings())
const nowhere = () => null

/** Shows the settings: on Ctrl/⌘+,, at their addresses, and for whoever asks by the page's command. */
export function SettingsHost() {
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
      // Another page has no settings; coming back reads the address again.
      settingsPlace.set(null)
    }
  }, [])
  return place && <SettingsDialog section={place.section} />
}
