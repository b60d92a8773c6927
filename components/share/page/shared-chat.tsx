"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useCallback, useState } from "react"
import { api, sentenceOf, unexpected } from "@/components/base/api"
import { DocumentHost } from "@/components/documents/document-host"
import { SharedBody } from "@/components/share/page/shared-body"
import { useShareStatus } from "@/components/share/page/use-share-status"
import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"
import { toast } from "@/components/ui/toast"
import { isRecord } from "@/lib/is-record"
import type { ChatMessage } from "@/lib/messages/types"

interface Props {
  token: string
  /** Version of the content shown. */
  version: string
  messages: ChatMessage[]
  compared: ChatMessage[]
  systemPrompt: string | null
  names: Record<string, string>
  /** Id of the copy the reader may create. */
  copyId: string
  head: ReactNode
  /** Shown below the messages; `null` where chats can't be continued. */
  foot: ReactNode
}

/** A shared chat on an open page: disappears when its link is revoked, and can be continued from any message. */
export function SharedChat({ token, version, head, foot, copyId, ...shown }: Props) {
  const t = useTranslations("share")
  const state = useShareStatus(token, version)
  const continueFrom = useContinue(token, copyId)
  if (state === "gone")
    return (
      <div role="alert" className="grid min-h-[70dvh]">
        <NoticePage title={t("goneTitle")} action={<TextLink href="/">{t("ownChat")}</TextLink>}>
          {t("gone")}
        </NoticePage>
      </div>
    )
  return (
    <>
      {state === "changed" && (
        <p
          role="status"
          className="sticky top-14 z-10 flex flex-wrap items-center justify-center gap-x-3 border-b bg-spark-soft px-4 py-2 text-center text-sm print:hidden"
        >
          {t("changed")}
          <a href={`/share/${token}`} className="font-medium text-spark-text underline underline-offset-4">
            {t("reload")}
          </a>
        </p>
      )}
      {head}
      <SharedBody {...shown} continueFrom={continueFrom} />
      <DocumentHost of={token} onQuote={null} />
      {foot}
    </>
  )
}

/** One copy per message continued from, however often it is clicked. */
function useContinue(token: string, copyId: string) {
  const t = useTranslations("share")
  const [ids] = useState(() => new Map<string, string>())
  return useCallback(
    (message: string) => {
      const id = ids.get(message) ?? (ids.size === 0 ? copyId : crypto.randomUUID())
      ids.set(message, id)
      continueChat(token, { id, message }).then(
        (path) => window.location.assign(path),
        (error: unknown) => toast.error(sentenceOf(error, t("failed"))),
      )
    },
    [ids, token, copyId, t],
  )
}

/** Creates a copy for the reader. Resolves with its path. Throws `ApiError`. */
export async function continueChat(token: string, asked: { id: string; message?: string }): Promise<string> {
  const answer = await api(`/api/shared/${token}/continue`, { method: "POST", body: asked })
  const conversation = isRecord(answer) && isRecord(answer.conversation) ? answer.conversation : {}
  if (typeof conversation.id !== "string") throw unexpected()
  return `/c/${conversation.id}`
}
