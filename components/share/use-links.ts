"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { addressOf, liveLinks, revokeLink } from "@/components/share/compose/share-links"
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
  /** Adds a link that is being made, and puts its address on the clipboard. Resolves with whether it was made. */
  add: (making: Promise<ShareInfo>) => Promise<boolean>
  /** Puts a link as it was changed in its place. */
  change: (changing: Promise<ShareInfo>) => Promise<boolean>
  revoke: (id: string) => Promise<boolean>
}

/** The working links of a conversation, or (null) all of the person, and what can be done with them. */
export function useLinks(conversationId: string | null): Links {
  const t = useTranslations("share")
  const [links, setLinks] = useState<ShareInfo[] | null>(null)
  const { attempt, busy, error, done } = useAttempt()
  const [fresh, setFresh] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)

  const load = useCallback(async () => {
    await attempt(async () => {
      setLinks(await liveLinks(conversationId))
      return ""
    })
  }, [attempt, conversationId])
  useEffect(() => void load(), [load])

  const add = (making: Promise<ShareInfo>) => {
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
  const change = (changing: Promise<ShareInfo>) =>
    attempt(async () => {
      const link = await changing
      setLinks((known) => (known ?? []).map((one) => (one.id === link.id ? link : one)))
      return t("updated")
    })
  const revoke = (id: string) =>
    attempt(async () => {
      await revokeLink(id)
      setLinks((known) => (known ?? []).filter((link) => link.id !== id))
      return t("revoked")
    })

  return { links, busy, error, done, fresh, copied, load, add, change, revoke }
}

/** Work with links: one after the other, with what came of it in words. */
function useAttempt() {
  const t = useTranslations("share")
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [done, setDone] = useState("")
  const attempt = useCallback(
    async (work: () => Promise<string>) => {
      setError(null)
      setBusy(true)
      try {
        setDone(await work())
        return true
      } catch (cause) {
        setError(sentenceOf(cause, t("failed")))
        return false
      } finally {
        setBusy(false)
      }
    },
    [t],
  )
  return { attempt, busy, error, done }
}
