"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { addressOf, fetchActiveLinks, revokeLink } from "@/components/share/compose/share-links"
import { copyWhenReady } from "@/components/ui/copy"
import type { ShareInfo } from "@/lib/share/types"

export interface Links {
  /** Null until loaded. */
  links: ShareInfo[] | null
  busy: boolean
  error: string | null
  /** The last action, for screen readers. */
  done: string
  /** Id of the link just created. */
  fresh: string | null
  /** It is on the clipboard. */
  copied: boolean
  load: () => Promise<void>
  /** Adds a link being created and copies its URL. Resolves to whether it was created. */
  add: (making: Promise<ShareInfo>) => Promise<boolean>
  /** Replaces a link with its changed version. */
  change: (changing: Promise<ShareInfo>) => Promise<boolean>
  revoke: (id: string) => Promise<boolean>
}

/** The active links of a conversation, or (null) all of the user's, with their actions. */
export function useLinks(conversationId: string | null): Links {
  const t = useTranslations("share")
  const [links, setLinks] = useState<ShareInfo[] | null>(null)
  const { attempt, busy, error, done } = useAttempt()
  const [fresh, setFresh] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)

  const load = useCallback(async () => {
    await attempt(async () => {
      setLinks(await fetchActiveLinks(conversationId))
      return ""
    })
  }, [attempt, conversationId])
  useEffect(() => void load(), [load])

  const add = (making: Promise<ShareInfo>) => {
    // Started during the click: later the browser may refuse.
    const copying = copyWhenReady(making.then(addressOf)).then(
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

/** Runs actions on links one at a time, with the outcome as text. */
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
