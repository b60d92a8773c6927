"use client"

import { useTranslations } from "next-intl"

/** What new chats begin with: the person's default preset, in plain words. */
export function InstructionsSection() {
  const t = useTranslations("appSettings")
  return <p className="text-pretty py-3 text-muted-foreground text-sm">{t("newChatsOnly")}</p>
}
