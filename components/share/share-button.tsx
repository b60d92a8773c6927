"use client"

import { Share2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { usePageCommand } from "@/components/base/page-commands"
import { Button } from "@/components/ui/button"
import { lazyOverlay } from "@/components/ui/lazy-part"

const ShareDialog = lazyOverlay(() => import("@/components/share/share-dialog"))

export function ShareButton({ conversationId, disabled }: { conversationId: string; disabled: boolean }) {
  const t = useTranslations("share")
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  usePageCommand("share", disabled ? null : show)
  return (
    <>
      <Button variant="ghost" size="sm" disabled={disabled} onClick={show} aria-label={t("share")}>
        <Share2 className="size-4" />
        <span className="max-sm:hidden">{t("share")}</span>
      </Button>
      {open && <ShareDialog conversationId={conversationId} onClose={() => setOpen(false)} />}
    </>
  )
}
