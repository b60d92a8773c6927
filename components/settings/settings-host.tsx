"use client"

import dynamic from "next/dynamic"
import { useEffect } from "react"
import { usePageCommand } from "@/components/base/page-commands"
import { useStore } from "@/components/base/store"
import { closeSettings, readSettingsPlace, settingsPlace, showSettings } from "@/components/settings/place"

const SettingsDialog = dynamic(() => import("@/components/settings/settings-dialog"), { ssr: false })

const show = () => showSettings()
const nowhere = () => null

/** Shows the settings: on Ctrl/⌘+,, at their addresses, and for whoever asks by the page's command. */
export function SettingsHost() {
  const place = useStore(settingsPlace, nowhere)
  usePageCommand("appSettings", show)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey || event.key !== ",") return
      event.preventDefault()
      if (settingsPlace.get()) closeSettings()
      else showSettings()
    }
    readSettingsPlace()
    window.addEventListener("keydown", onKey)
    window.addEventListener("popstate", readSettingsPlace)
    window.addEventListener("hashchange", readSettingsPlace)
    return () => {
      window.removeEventListener("keydown", onKey)
      window.removeEventListener("popstate", readSettingsPlace)
      window.removeEventListener("hashchange", readSettingsPlace)
      // Another page has no settings; coming back reads the address again.
      settingsPlace.set(null)
    }
  }, [])
  return place && <SettingsDialog section={place.section} />
}
