"use client"

import { CircleAlert, RotateCcw } from "lucide-react"
import { useFormatter, useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { Attachment } from "@/components/draft/attachment"
import { Button } from "@/components/ui/button"
import { NoticeBar } from "@/components/ui/notice-bar"

export type Held =
  /** Some attachments would be left out. */
  | { by: "failed"; attachments: Attachment[] }
  /** It starts with a word that is close to a command. */
  | { by: "mistyped"; word: string; command: string }

interface Props {
  held: Held
  onRetry: (keys: string[]) => void
  onWrite: (command: string) => void
  onSendAnyway: () => void
}

/** Explains why a message was not sent, and how to proceed. */
export default function HeldNotice({ held, onRetry, onWrite, onSendAnyway }: Props) {
  const t = useTranslations("held")
  const common = useTranslations("common")
  const format = useFormatter()
  if (held.by === "mistyped")
    return (
      <Bar text={t("mistyped", held)}>
        <Button size="sm" onClick={() => onWrite(held.command)}>
          {t("write", held)}
        </Button>
        <Button size="sm" onClick={onSendAnyway}>
          {t("sendAnyway")}
        </Button>
      </Bar>
    )
  const count = held.attachments.length
  const again = held.attachments
    .filter(({ source, address }) => source !== null || address !== null)
    .map(({ key }) => key)
  const names = format.list(held.attachments.map(({ name }) => t("quoted", { name })))
  return (
    <Bar text={t("failed", { count, names })}>
      {again.length > 0 && (
        <Button size="sm" onClick={() => onRetry(again)}>
          <RotateCcw className="size-3.5" aria-hidden /> {common("retry")}
        </Button>
      )}
      <Button size="sm" onClick={onSendAnyway}>
        {t("without", { count })}
      </Button>
    </Bar>
  )
}

function Bar({ text, children }: { text: string; children: ReactNode }) {
  return (
    <NoticeBar role="alert" className="flex-wrap bg-danger-soft">
      <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />
      <span className="wrap-anywhere min-w-48 flex-1">{text}</span>
      <span className="ms-auto flex flex-wrap justify-end gap-1.5">{children}</span>
    </NoticeBar>
  )
}
