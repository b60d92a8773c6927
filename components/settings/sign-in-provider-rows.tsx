"use client"

import { useTranslations } from "next-intl"
import { useEffect, useState } from "react"
import { redirectToIssuer } from "@/components/account/api"
import { disconnect, startIssuerConnect } from "@/components/settings/account-data"
import { useOwnerConfirmation } from "@/components/settings/confirm-owner"
import { Said, useAttempts } from "@/components/settings/said"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import type { OwnAccount, Way } from "@/lib/accounts/types"

/** Sign-in providers: the connected ones, and others that can be connected. */
export function SignInProviderRows({ account, onDone }: { account: OwnAccount; onDone: () => Promise<void> }) {
  const problem = useConnectProblem()
  return (
    <>
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {problem}
        </p>
      )}
      {account.connected.map(({ id, way, email }) => (
        <ConnectedRow key={id} {...{ account, id, way, email, onDone }} />
      ))}
      {account.ways.map((way) => (
        <OpenRow key={way.id} {...{ account, way }} />
      ))}
    </>
  )
}

type ConnectedProps = OwnAccount["connected"][number] & { account: OwnAccount; onDone: () => Promise<void> }

function ConnectedRow({ account, id, way, email, onDone }: ConnectedProps) {
  const t = useTranslations("accountSettings")
  const { busy, said, problem, attempt } = useAttempts()
  const { asOwner, dialog } = useOwnerConfirmation(account)
  const end = async () => {
    if (!busy && (await attempt(() => asOwner(() => disconnect(id))))) await onDone()
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
      {dialog}
    </SettingRow>
  )
}

function OpenRow({ account, way }: { account: OwnAccount; way: Way }) {
  const t = useTranslations("accountSettings")
  const { busy, said, problem, attempt } = useAttempts()
  const { asOwner, dialog } = useOwnerConfirmation(account)
  const begin = () =>
    attempt(async () => {
      await asOwner(() => startIssuerConnect(way.id))
      await redirectToIssuer(way.id, "/#settings/account")
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
      {dialog}
    </SettingRow>
  )
}

/** The error after returning from a provider, which the server has put into the page. Shown once. */
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
