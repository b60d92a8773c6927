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
  /** The same as HTML for documents and mail, if available. */
  html?: () => string | undefined
  label?: string
  icon?: LucideIcon
  /** Already copied when first rendered. */
  copiedNow?: boolean
}

/** Copies `text` and confirms briefly. */
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
