"use client"

import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { Textarea } from "@/components/composer/textarea"
import { Button } from "@/components/ui/button"

interface Props {
  text: string
  onSave: (text: string) => void
  onCancel: () => void
}

/** A message edited in its place. Sending makes an alternative beside the old one, nothing is overwritten. */
export default function EditMessage({ text, onSave, onCancel }: Props) {
  const t = useTranslations("message")
  const common = useTranslations("common")
  const [value, setValue] = useState(text)
  const ready = value.trim() !== ""
  const box = useRef<HTMLDivElement>(null)
  // Its message may begin above the view.
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" })
  }, [])
  return (
    <div ref={box} className="w-full rounded-xl border border-input bg-surface p-2 focus-within:border-ring">
      <Textarea
        aria-label={t("edit")}
        autoFocus
        value={value}
        onValue={setValue}
        onSubmit={() => ready && onSave(value)}
        // What was written is not thrown away by one key.
        onEscape={() => value === text && onCancel()}
        className="max-h-[50dvh] px-2 py-1.5"
      />
      <div className="mt-1 flex items-center justify-end gap-2">
        <p className="me-auto px-2 text-[13px] text-muted-foreground max-sm:hidden">{t("keeps")}</p>
        <Button size="sm" variant="ghost" onClick={onCancel}>
          {common("cancel")}
        </Button>
        <Button size="sm" variant="primary" disabled={!ready} onClick={() => onSave(value)}>
          {t("send")}
        </Button>
      </div>
    </div>
  )
}
