"use client"

import { useTranslations } from "next-intl"
import { useEffect } from "react"
import { Toaster as Sonner } from "sonner"

export { toast as show } from "sonner"

interface Props {
  /** Which way the texts run. */
  dir: "ltr" | "rtl"
  onDrawn: () => void
}

/** Where one writes stays free. */
const ABOVE_FIELD = "8.5rem"

/** The place over the page where notices appear. */
export function Toaster({ dir, onDrawn }: Props) {
  const t = useTranslations("common")
  // Sonner hears of notices from its own effect on, which runs before this one.
  useEffect(onDrawn, [onDrawn])
  return (
    <Sonner
      dir={dir}
      containerAriaLabel={t("notifications")}
      position="bottom-center"
      offset={{ bottom: ABOVE_FIELD }}
      mobileOffset={{ bottom: ABOVE_FIELD }}
      toastOptions={{
        className: "!rounded-lg !border-border !bg-popover !text-foreground !shadow-float !font-sans",
        classNames: { actionButton: "!bg-primary !text-primary-foreground" },
        duration: 6_000,
      }}
    />
  )
}
