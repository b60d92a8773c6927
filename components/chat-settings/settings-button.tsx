"use client"

import { SlidersHorizontal } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { usePageCommand } from "@/components/base/page-commands"
import type { SettingsDialogProps } from "@/components/chat-settings/settings-dialog"
import { isDefault } from "@/components/presets/parameters"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"

const SettingsDialog = lazyOverlay(() => import("@/components/chat-settings/settings-dialog"))

/** Opens the settings of this chat; a spark indicates non-default settings. */
export function SettingsButton(props: Omit<SettingsDialogProps, "onClose">) {
  const t = useTranslations("settings")
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  usePageCommand("settings", show)
  const changed = !isDefault(props.current.settings)
  return (
    <>
      <IconButton
        label={changed ? t("titleChanged") : t("title")}
        aria-haspopup="dialog"
        className="relative"
        onClick={show}
      >
        <SlidersHorizontal className="size-4.5" />
        {changed && <span className="absolute end-1 top-1 size-1.5 rounded-full bg-spark" />}
      </IconButton>
      {open && <SettingsDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}
