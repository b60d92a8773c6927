"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { addressOf, createLink, liveLinks, revokeLink } from "@/components/share/share-links"
import { copyLater } from "@/components/ui/copy"
import type { ShareInfo } from "@/lib/share/types"

export interface Links {
  /** Null until the server has told. */
  links: ShareInfo[] | null
  busy: boolean
  error: string | null
  /** What was done last, for who listens to the page. */
  done: string
  /** Id of the link that was just made. */
  fresh: string | null
  /** It is on the clipboard. */
  copied: boolean
  load: () => Promise<void>
  create: () => Promise<void>
  revoke: (id: string) => Promise<void>
}

/** The working links of a conversation, or (null) all of the person, and what can be done with them. New ones show it up to `upTo`. */
export function useLinks(conversationId: string | null, upTo?: string): Links {
  const t = useTranslations("share")
  const [links, setLinks] = useState<ShareInfo[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [done, setDone] = useState("")
  const [fresh, setFresh] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)

  const attempt = useCallback(
    async (work: () => Promise<string>) => {
      setError(null)
      setBusy(true)
      try {
        setDone(await work())
      } catch (cause) {
        setError(sentenceOf(cause, t("failed")))
      }
      setBusy(false)
    },
    [t],
  )

  const load = useCallback(
    () =>
      attempt(async () => {
        setLinks(await liveLinks(conversationId))
        return ""
      }),
    [attempt, conversationId],
  )
  useEffect(() => void load(), [load])

  const create = () => {
    if (!conversationId) return Promise.resolve()
    const making = createLink(conversationId, upTo)
    // Begun within the click: later the browser may not let it.
    const copying = copyLater(making.then(addressOf)).then(
      () => true,
      () => false,
    )
    return attempt(async () => {
      const link = await making
      setLinks((known) => [link, ...(known ?? [])])
      setFresh(link.id)
      const onClipboard = await copying
      setCopied(onClipboard)
      return t(onClipboard ? "readyCopied" : "ready")
    })
  }
  const revoke = (id: string) =>
    attempt(async () => {
      await revokeLink(id)
      setLinks((known) => (known ?? []).filter((link) => link.id !== id))
      return t("revoked")
    })

  return { links, busy, error, done, fresh, copied, load, create, revoke }
}
