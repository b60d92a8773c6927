"use client"

import { CircleCheck, KeyRound, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, type Ref, useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { deleteKey } from "@/components/setup/api"
import { KeyForm } from "@/components/setup/key-form"
import { useKeyFacts } from "@/components/setup/use-key-facts"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import type { KeptKey, KeyAccess } from "@/lib/setup/types"

interface Props {
  access: KeyAccess
  onAccess: (access: KeyAccess) => void
  /** Text above the form: which service answers as long as there is no key. */
  why?: string
  /** Set where the card can be dismissed. */
  onDismiss?: () => void
}

/** Adds, replaces and removes the installation's API key. For users with permission. */
export default function KeyCard({ access, onAccess, why, onDismiss }: Props) {
  const t = useTranslations("setup")
  const [kept, setKept] = useState<KeptKey | null>(null)
  const [replacing, setReplacing] = useState(false)
  const server = access.server
  const keep = (next: KeptKey) => {
    setKept(next)
    setReplacing(false)
    onAccess(next.access)
  }
  const removed = (next: KeyAccess) => {
    setKept(null)
    onAccess(next)
  }
  if (access.source === "environment")
    return (
      <Frame icon={<KeyRound className="size-4.5 text-spark-text" aria-hidden />} title={t("environment")}>
        <p className="mt-1 text-muted-foreground">
          {t.rich("environmentMeaning", {
            code: (chunks) => <code className="font-mono text-[0.8125rem]">{chunks}</code>,
          })}
        </p>
        {access.stored && (
          <>
            <p className="mt-2 text-muted-foreground">{t("shadowed")}</p>
            <Remove onRemoved={removed} />
          </>
        )}
      </Frame>
    )
  if (access.source === "stored" && !replacing)
    return (
      <Connected access={access} kept={kept} onDismiss={onDismiss}>
        <Button size="sm" onClick={() => setReplacing(true)}>
          {t("replace")}
        </Button>
        <Remove onRemoved={removed} />
      </Connected>
    )
  return (
    <Frame
      icon={<KeyRound className="size-4.5 text-spark-text" aria-hidden />}
      title={server ? t("titleOther", { server }) : t("title")}
      onDismiss={onDismiss}
    >
      <p className="mt-1 text-pretty text-muted-foreground">
        {access.damaged ? t("damaged") : replacing ? t("replaceMeaning") : (why ?? t("meaning"))}
      </p>
      <KeyForm server={server} onKept={keep} onCancel={replacing ? () => setReplacing(false) : undefined} />
    </Frame>
  )
}

interface ConnectedProps {
  access: KeyAccess
  /** The result of adding the key just now. */
  kept: KeptKey | null
  onDismiss?: () => void
  children: ReactNode
}

/** A key is set: which one, what it gives access to, and the remaining limits. */
function Connected({ access: { server, lastFour }, kept, onDismiss, children }: ConnectedProps) {
  const t = useTranslations("setup")
  const facts = useKeyFacts(kept)
  const heading = useRef<HTMLHeadingElement>(null)
  // The field that had focus is gone.
  useEffect(() => {
    if (kept) heading.current?.focus()
  }, [kept])
  return (
    <Frame
      ref={heading}
      icon={<CircleCheck className="size-4.5 text-success" aria-hidden />}
      title={server ? t("connectedOther", { server }) : t("connected")}
      onDismiss={onDismiss}
    >
      <p className="mt-1 text-muted-foreground">{lastFour ? t("ending", { lastFour }) : t("saved")}</p>
      {facts.map((fact) => (
        <p key={fact} className="wrap-anywhere text-muted-foreground">
          {fact}
        </p>
      ))}
      <div className="mt-3 flex flex-wrap gap-2">{children}</div>
    </Frame>
  )
}

/** Removes the stored key after confirmation. */
function Remove({ onRemoved }: { onRemoved: (access: KeyAccess) => void }) {
  const t = useTranslations("setup")
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const remove = () => deleteKey().then(onRemoved, (error: unknown) => setProblem(sentenceOf(error, t("failed"))))
  if (!asking)
    return (
      <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
        {t("remove")}
      </Button>
    )
  return (
    <span className="flex w-full flex-wrap items-center gap-2 text-[0.875rem]">
      {t("removeAsk")}
      <Button autoFocus size="sm" onClick={() => setAsking(false)}>
        {t("keep")}
      </Button>
      <Button size="sm" variant="danger" onClick={remove}>
        {t("doRemove")}
      </Button>
      {problem && (
        <span role="alert" className="text-danger">
          {problem}
        </span>
      )}
    </span>
  )
}

interface FrameProps {
  ref?: Ref<HTMLHeadingElement>
  icon: ReactNode
  title: string
  onDismiss?: () => void
  children: ReactNode
}

function Frame({ ref, icon, title, onDismiss, children }: FrameProps) {
  const common = useTranslations("common")
  return (
    <section
      aria-label={title}
      className="rounded-lg border bg-surface p-4 text-[0.90625rem] leading-6 shadow-float sm:p-5"
    >
      <div className="flex items-center gap-2.5">
        {icon}
        <h2 ref={ref} tabIndex={-1} className="min-w-0 flex-1 font-semibold text-[0.96875rem] outline-hidden">
          {title}
        </h2>
        {onDismiss && (
          <IconButton label={common("dismiss")} onClick={onDismiss} className="-my-1.5 -me-1.5">
            <X className="size-4" />
          </IconButton>
        )}
      </div>
      {children}
    </section>
  )
}
