"use client"

import { ChevronDown } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { type Said, useMessageContext } from "@/components/message/parts/message-context"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { Menu, MenuItem } from "@/components/ui/menu"
import { parseApprovalReason } from "@/lib/messages/asked-leave"

interface ApprovalProps {
  /** The tool's display name. */
  name: string
  messageId: string
  approvalId: string
  reason: string | undefined
}

/** Lets the user decide on a call: allow once, always allow, or deny with a reason. */
export function Approval({ name, messageId, approvalId, reason }: ApprovalProps) {
  const t = useTranslations("tools")
  const { handlers } = useMessageContext()
  const [sending, setSending] = useState(false)
  const [refusing, setRefusing] = useState(false)
  const id = useId()
  const asked = parseApprovalReason(reason)
  if (!handlers) return null
  const say = async (said: Said) => {
    setSending(true)
    await handlers.approve(messageId, approvalId, said)
    setSending(false)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: fieldset is for form data
    <div role="group" aria-labelledby={id} className="border-t px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <p id={id} className="me-auto text-[0.84375rem]">
          {t("mayRun", { name })} {asked ? "" : reason}
          {asked?.changed && <strong className="mt-1 block font-medium text-danger">{t("changedTool")}</strong>}
        </p>
        <span className="ms-auto inline-flex items-center gap-1">
          {!refusing && (
            <Button size="sm" className="me-1" disabled={sending} onClick={() => say({ approved: false })}>
              {t("deny")}
            </Button>
          )}
          <Button size="sm" variant="primary" disabled={sending} onClick={() => say({ approved: true })}>
            {t("allow")}
          </Button>
          <Menu
            trigger={
              <IconButton label={t("allowMore")} variant="outline" disabled={sending}>
                <ChevronDown className="size-4" />
              </IconButton>
            }
          >
            <MenuItem onSelect={() => say({ approved: true, always: "here" })}>{t("allowHere")}</MenuItem>
            <MenuItem onSelect={() => say({ approved: true, always: "everywhere" })}>
              {t("allowEverywhere", { name })}
            </MenuItem>
            <MenuItem onSelect={() => setRefusing(true)}>{t("denyWith")}</MenuItem>
          </Menu>
        </span>
      </div>
      {refusing && (
        <Refusal sending={sending} onRefuse={(why) => say({ approved: false, ...(why && { reason: why }) })} />
      )}
    </div>
  )
}

function Refusal({ sending, onRefuse }: { sending: boolean; onRefuse: (reason: string) => void }) {
  const t = useTranslations("tools")
  return (
    <form
      className="mt-2.5 flex flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onRefuse(String(new FormData(event.currentTarget).get("reason") ?? "").trim())
      }}
    >
      <input
        name="reason"
        // biome-ignore lint/a11y/noAutofocus: it appears when a button is pressed and is used next
        autoFocus
        maxLength={1_000}
        aria-label={t("denyReason")}
        placeholder={t("denyReason")}
        className="h-8 min-w-0 flex-1 basis-60 rounded-md border bg-background px-2.5 text-[0.8125rem] pointer-coarse:h-10"
      />
      <Button size="sm" type="submit" disabled={sending}>
        {t("denySend")}
      </Button>
    </form>
  )
}
