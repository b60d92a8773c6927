"use client"

import { useTranslations } from "next-intl"
import type { LeftOut } from "@/lib/ai/refusals/told"

/** What the model wasn't sent of what it was asked with. */
export function LeftOutNote({ what, name = "", count = 1 }: LeftOut) {
  const t = useTranslations("message.leftOut")
  return <p className="text-[0.84375rem] text-muted-foreground">{t(what, { name, count })}</p>
}
