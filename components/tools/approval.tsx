"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"

interface ApprovalProps {
  name: string
  messageId: string
  approvalId: string
  reason: string | undefined
}

/** The person decides whether the call runs. */
export function Approval({ name, messageId, approvalId, reason }: ApprovalProps) {
  const t = useTranslations("tools")
  const { handlers } = useMessageContext()
  const [sending, setSending] = useState(false)
  const id = useId()
  if (!handlers) return null
  const say = async (approved: boolean) => {
    setSending(true)
    await handlers.approve(messageId, approvalId, approved)
    setSending(false)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what a form sends
    <div role="group" aria-labelledby={id} className="flex flex-wrap items-center gap-2 border-t px-3.5 py-3">
      <p id={id} className="me-auto text-[0.84375rem]">
        {t("mayRun", { name })} {reason}
      </p>
      <Button size="sm" disabled={sending} onClick={() => say(false)}>
        {t("deny")}
      </Button>
      <Button size="sm" variant="primary" disabled={sending} onClick={() => say(true)}>
        {t("allow")}
      </Button>
    </div>
  )
}
