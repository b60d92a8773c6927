"use client"

import { useTranslations } from "next-intl"
import type { LeftOut } from "@/lib/ai/refusals/told"

/** What the model doesn't take of what it was asked with. */
export function LeftOutNote({ what, name = "" }: LeftOut) {
  const t = useTranslations("message.leftOut")
  return <p className="text-[0.84375rem] text-muted-foreground">{t(what, { name })}</p>
}
