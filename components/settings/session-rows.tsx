"use client"

import { Laptop, Smartphone } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useFormatLocale } from "@/components/base/format-locale"
import { endOtherSessions, endSession, readSessions } from "@/components/settings/account-data"
import { Said, useAttempts } from "@/components/settings/said"
import { Button } from "@/components/ui/button"
import type { OwnSession } from "@/lib/accounts/types"

/** The user's sessions, each with device, address and time, and a button to end it. */
export function SessionRows() {
  const t = useTranslations("accountSettings")
  const [sessions, setSessions] = useState<OwnSession[] | null>(null)
  const { busy, said, problem, attempt } = useAttempts()
  const [done, setDone] = useState<string | null>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const read = useCallback(() => readSessions().then(setSessions), [])
  useEffect(() => void attemptRead(read, setDone), [read])
  const end = async (work: () => Promise<string>) => {
    setDone(null)
    if (busy) return
    await attempt(async () => {
      const told = await work()
      await read()
      setDone(told)
      // The pressed button is gone.
      heading.current?.focus()
    })
  }
  if (!sessions) return null
  return (
    <section aria-labelledby="own-sessions" className="pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h4 id="own-sessions" ref={heading} tabIndex={-1} className="font-medium text-sm outline-hidden">
          {t("devices")}
        </h4>
        {sessions.length > 1 && (
          <Button
            size="sm"
            aria-disabled={busy}
            onClick={() => void end(async () => t("endedAll", { count: await endOtherSessions() }))}
          >
            {t("endAll")}
          </Button>
        )}
      </div>
      <p className="text-[0.8125rem]">
        <Said said={done ?? said} problem={problem} />
      </p>
      <ul>
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            onEnd={() =>
              void end(async () => {
                await endSession(session.id)
                return t("ended")
              })
            }
          />
        ))}
      </ul>
    </section>
  )
}

const attemptRead = (read: () => Promise<void>, tell: (problem: string) => void) =>
  read().catch((error: unknown) => tell(sentenceOf(error)))

function SessionRow({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const t = useTranslations("accountSettings")
  const locale = useFormatLocale()
  const { browser, system, handheld, address, seenAt, current } = session
  const device = t("device", { browser: browser ?? "none", system: system ?? "none" })
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(seenAt))
  const Icon = handheld ? Smartphone : Laptop
  return (
    <li className="flex items-center gap-3 border-b py-2.5 last:border-0">
      <Icon className="size-5 shrink-0 text-muted-foreground" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="text-sm">
          {device}
          {current && <span className="ms-2 rounded-full bg-muted px-2 py-0.5 text-xs">{t("thisOne")}</span>}
        </p>
        <p className="wrap-anywhere text-[0.8125rem] text-muted-foreground">
          {[address, t("lastSeen", { when })].filter(Boolean).join(" · ")}
        </p>
      </div>
      {!current && (
        <Button size="sm" aria-label={t("endOther", { device })} onClick={onEnd}>
          {t("end")}
        </Button>
      )}
    </li>
  )
}
