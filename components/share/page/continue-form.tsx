"use client"

import { MessageSquarePlus } from "lucide-react"
import { useTranslations } from "next-intl"
import { type FormEvent, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { continueChat } from "@/components/share/page/shared-chat"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"

interface Props {
  token: string
  /** Id of the copy, so that pressing repeatedly creates only one. */
  copyId: string
  /** The error, when JavaScript is unavailable. */
  problem: string | null
}

/** Copies everything shown into a chat of the reader's own. A form, so that it works without JavaScript. */
export function ContinueForm({ token, copyId, problem }: Props) {
  const t = useTranslations("share")
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState(problem)
  const sent = useRef(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (sent.current) return
    sent.current = true
    setBusy(true)
    setError(null)
    try {
      window.location.assign(await continueChat(token, { id: copyId }))
    } catch (cause) {
      sent.current = false
      setError(sentenceOf(cause, t("failed")))
      setBusy(false)
    }
  }
  return (
    <form method="post" action={`/api/shared/${token}/continue`} onSubmit={(event) => void submit(event)}>
      <input type="hidden" name="id" value={copyId} />
      <Button type="submit" variant="primary" aria-disabled={busy} className="pointer-coarse:h-11">
        {busy ? <Spinner /> : <MessageSquarePlus className="size-4" aria-hidden />} {t("continue")}
      </Button>
      {error && (
        <p role="alert" className="mt-2 max-w-md text-danger text-sm">
          {error}
        </p>
      )}
    </form>
  )
}
