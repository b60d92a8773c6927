"use client"

import { Check, Copy, type LucideIcon } from "lucide-react"
import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { Button, type ButtonProps } from "@/components/ui/button"
import { copy } from "@/components/ui/copy"
import { toast } from "@/components/ui/toast"

const SHOWN_MS = 1_600

interface Props extends ButtonProps {
  text: () => string
  /** The same for documents and mail, where there is such. */
  html?: () => string | undefined
  label?: string
  icon?: LucideIcon
  /** It was copied already when this is first shown. */
  copiedNow?: boolean
}

/** Copies `text`, and says for a moment that it did. */
export function CopyButton({ text, html, label: named, icon = Copy, copiedNow = false, children, ...props }: Props) {
  const t = useTranslations("common")
  const label = named ?? t("copy")
  const [copied, setCopied] = useState(copiedNow)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const press = async () => {
    try {
      await copy({ text: text(), html: html?.() })
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
