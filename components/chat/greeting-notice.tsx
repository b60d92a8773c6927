"use client"

import { Info, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, Suspense, useCallback, useEffect, useState } from "react"
import { noteSeen, noticeId, wasSeenHere } from "@/components/chat/notice-seen"
import { useKeyAccess } from "@/components/setup/use-key-access"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyPart } from "@/components/ui/lazy-part"
import { TextLink } from "@/components/ui/text-link"
import type { ModelsResponse } from "@/lib/models/model.types"
import type { KeyAccess } from "@/lib/setup/types"

const KeyCard = lazyPart(() => import("@/components/setup/key-card"))

/** What the page knows about its notice before showing it. */
export interface InitialNotice {
  /** The notice this browser has already seen. */
  seen: string | null
  access: KeyAccess
}

interface Props {
  notice: ModelsResponse["notice"]
  first: InitialNotice
  /** The user may add their own API key. */
  mayOwnKey: boolean
}

/** Which service answers, shown once per browser; without a key, the card to enter one. */
export function GreetingNotice({ notice, first, mayOwnKey }: Props) {
  const t = useTranslations("chat")
  const setup = useTranslations("setup")
  const id = noticeId(notice)
  const [seenId, setSeenId] = useState(first.seen)
  const seen = seenId === id || wasSeenHere(id)
  const [access, setAccess] = useKeyAccess(first.access)
  const [opened, setOpened] = useState(false)
  const dismiss = useCallback(() => {
    noteSeen(id)
    setSeenId(id)
    setOpened(false)
  }, [id])
  // Starting a conversation or navigating away counts as having seen it.
  useEffect(() => () => noteSeen(id), [id])
  const missing = access.may && access.source === "none"
  if (opened || (missing && notice.kind === "demo" && !seen))
    return (
      <Suspense>
        <KeyCard
          access={access}
          onAccess={(next) => {
            setOpened(true)
            setAccess(next)
          }}
          why={notice.kind === "demo" ? setup("demoMeaning") : undefined}
          onDismiss={dismiss}
        />
      </Suspense>
    )
  if (seen) return missing ? <AddKey onOpen={() => setOpened(true)}>{t("notice.addKey")}</AddKey> : null
  const text = t(`notice.${notice.kind}`, { host: notice.host ?? "" })
  if (notice.kind === "fireworks")
    return (
      <p className="flex flex-wrap gap-x-3 text-[0.84375rem] text-muted-foreground">
        {text}
        {access.may && access.source === "stored" && <TextLink href="/setup">{t("notice.manageKey")}</TextLink>}
      </p>
    )
  return (
    <Told text={text} onDismiss={dismiss}>
      {missing && <AddKey onOpen={() => setOpened(true)}>{t("notice.addKey")}</AddKey>}
      {!missing && notice.kind === "demo" && (
        <p className="mt-1 text-muted-foreground">
          {mayOwnKey ? (
            <a href="#settings/instructions" className="underline underline-offset-4">
              {t("notice.ownKey")}
            </a>
          ) : (
            t("notice.ask")
          )}
        </p>
      )}
    </Told>
  )
}

function AddKey({ onOpen, children }: { onOpen: () => void; children: ReactNode }) {
  return (
    <Button size="sm" className="mt-2 self-start first:mt-0" onClick={onOpen}>
      {children}
    </Button>
  )
}

function Told({ text, onDismiss, children }: { text: string; onDismiss: () => void; children: ReactNode }) {
  const common = useTranslations("common")
  return (
    <div className="flex gap-2.5 rounded-lg border bg-surface px-4 py-3 text-[0.90625rem] leading-6">
      <Info className="mt-1 size-4 shrink-0 text-spark-text" aria-hidden />
      <div className="wrap-anywhere flex min-w-0 flex-1 flex-col">
        <p>{text}</p>
        {children}
      </div>
      <IconButton label={common("dismiss")} onClick={onDismiss} className="-my-1 -me-2">
        <X className="size-4" />
      </IconButton>
    </div>
  )
}
