"use client"

import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { goToIssuer } from "@/components/account/api"
import { beginConnect, disconnect } from "@/components/settings/account-data"
import { Said, useAttempts } from "@/components/settings/said"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import type { OwnAccount, Way } from "@/lib/accounts/types"

/** The issuers that one can sign in with: connected ones, and others that could be. */
export function WayRows({ account, onDone }: { account: OwnAccount; onDone: () => Promise<void> }) {
  const problem = useConnectProblem()
  return (
    <>
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {problem}
        </p>
      )}
      {account.connected.map(({ id, way, email }) => (
        <ConnectedRow key={id} {...{ id, way, email, onDone }} />
      ))}
      {account.ways.map((way) => (
        <OpenRow key={way.id} way={way} />
      ))}
    </>
  )
}

function ConnectedRow({ id, way, email, onDone }: OwnAccount["connected"][number] & { onDone: () => Promise<void> }) {
  const t = useTranslations("accountSettings")
  const { busy, said, problem, attempt } = useAttempts()
  const end = async () => {
    if (!busy && (await attempt(() => disconnect(id)))) await onDone()
  }
  return (
    <SettingRow
      label={t("ways", { name: way.name })}
      meaning={
        <>
          <span className="wrap-anywhere">{email ? t("connectedAs", { email }) : t("connected")}</span>
          <Said {...{ said, problem }} />
        </>
      }
    >
      <Button aria-label={`${t("disconnect")}: ${way.name}`} aria-disabled={busy} onClick={() => void end()}>
        {t("disconnect")}
      </Button>
    </SettingRow>
  )
}

function OpenRow({ way }: { way: Way }) {
  const t = useTranslations("accountSettings")
  const { busy, said, problem, attempt } = useAttempts()
  const begin = () =>
    attempt(async () => {
      await beginConnect(way.id)
      await goToIssuer(way.id, "/#settings/account")
    })
  return (
    <SettingRow
      label={t("ways", { name: way.name })}
      meaning={
        <>
          {t("notConnected")}
          <Said {...{ said, problem }} />
        </>
      }
    >
      <Button
        aria-label={`${t("connect")}: ${way.name}`}
        aria-disabled={busy}
        onClick={() => {
          if (!busy) void begin()
        }}
      >
        {t("connect")}
      </Button>
    </SettingRow>
  )
}

/** What was wrong when somebody came back from an issuer: the server has put it into the page. Told once. */
function useConnectProblem(): string | null {
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const told = document.querySelector<HTMLMetaElement>("meta[name=sparkler-problem]")
    if (!told?.content) return
    setProblem(told.content)
    const { pathname, hash } = window.location
    window.history.replaceState(window.history.state, "", `${pathname}${hash}`)
  }, [])
  return problem
}
