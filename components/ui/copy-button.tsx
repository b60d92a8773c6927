"use client"

import { Check, Copy, type LucideIcon } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { Button, type ButtonProps } from "@/components/ui/button"
import { copy } from "@/components/ui/copy"
import { toast } from "@/components/ui/toast"

const SHOWN_MS = 1_600

/** Copies `text`, and says for a moment that it did. */
export function CopyButton({
  text,
  label: named,
  icon = Copy,
  children,
  ...props
}: ButtonProps & { text: () => string; label?: string; icon?: LucideIcon }) {
  const t = useTranslations("common")
  const label = named ?? t("copy")
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const press = async () => {
    try {
      await copy({ text: text() })
      setCopied(true)
    } catch {
      toast.error(t("copyRefused"))
    }
  }
  const Icon = copied ? Check : icon
  return (
    <Button
      aria-label={children ? undefined : copied ? t("copied") : label}
      data-tip={children ? undefined : copied ? t("copied") : label}
      variant="ghost"
      size={children ? "sm" : "icon"}
      onClick={press}
      {...props}
    >
      <Icon className="size-4" />
      {children}
    </Button>
  )
}
