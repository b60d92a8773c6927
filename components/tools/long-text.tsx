"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { Button } from "@/components/ui/button"

/** Characters beyond which a text takes more than four lines on any screen. */
const SHORT = 240

/** A verbatim quotation, with nothing in it rendered or loaded; collapsed when long. */
export function LongText({ text, cite }: { text: string; cite?: string }) {
  const t = useTranslations("tools")
  const [open, setOpen] = useState(false)
  const long = text.length > SHORT || text.split("\n").length > 4
  return (
    <>
      <blockquote
        cite={cite}
        className={`wrap-anywhere mt-1.5 whitespace-pre-wrap border-s-2 ps-3 text-[0.8125rem] ${open ? "" : "line-clamp-4"}`}
      >
        {text}
      </blockquote>
      {long && (
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="mt-1 -ms-2 print:hidden"
        >
          {open ? t("less") : t("more")}
        </Button>
      )}
    </>
  )
}
