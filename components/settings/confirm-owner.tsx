"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { redirectToIssuer } from "@/components/account/api"
import { FormProblem } from "@/components/account/field"
import { OwnPassword } from "@/components/account/password-fields"
import { useForm } from "@/components/account/use-form"
import { ApiError } from "@/components/base/api"
import { confirmPassword } from "@/components/settings/account-data"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import type { OwnAccount } from "@/lib/accounts/types"

interface Waiting {
  confirmed: (really: boolean) => void
}

/**
 * For actions restricted to the account's owner: `asOwner` runs one and, if the server wants the owner confirmed again,
 * `dialog` asks and the action is repeated. Throws the action's error; the server's refusal if nobody confirms.
 */
export function useOwnerConfirmation(account: OwnAccount) {
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const asOwner = async <T,>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === "account:recent")) throw error
      const confirmed = await new Promise<boolean>((resolve) => setWaiting({ confirmed: resolve }))
      setWaiting(null)
      if (!confirmed) throw error
      return work()
    }
  }
  return { asOwner, dialog: waiting && <ConfirmDialog account={account} onEnd={waiting.confirmed} /> }
}

function ConfirmDialog({ account, onEnd }: { account: OwnAccount; onEnd: (confirmed: boolean) => void }) {
  const t = useTranslations("accountSettings.owner")
  const common = useTranslations("common")
  const id = useId()
  const { hasPassword, connected } = account
  const [busy, setBusy] = useState(false)
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onEnd(false)}
      title={t("title")}
      description={t(hasPassword ? "byPassword" : "byIssuer")}
      className="w-[min(92vw,26rem)]"
      footer={
        <>
          <Button onClick={() => onEnd(false)}>{common("cancel")}</Button>
          {hasPassword && (
            <Button type="submit" form={id} variant="primary" aria-disabled={busy}>
              {busy && <Spinner />} {t("do")}
            </Button>
          )}
        </>
      }
    >
      {hasPassword ? (
        <PasswordForm {...{ id, setBusy }} email={account.email ?? ""} onDone={() => onEnd(true)} />
      ) : (
        <div className="grid gap-2">
          {connected.map(({ id: connection, way }) => (
            <Button key={connection} onClick={() => void redirectToIssuer(way.id, "/#settings/account")}>
              {t("with", { name: way.name })}
            </Button>
          ))}
        </div>
      )}
    </Dialog>
  )
}

interface FormProps {
  id: string
  email: string
  setBusy: (busy: boolean) => void
  onDone: () => void
}

function PasswordForm({ id, email, setBusy, onDone }: FormProps) {
  const account = useTranslations("account")
  const { form, problem } = useForm(
    async ({ current = "" }) => {
      setBusy(true)
      try {
        await confirmPassword(current)
        onDone()
      } finally {
        setBusy(false)
      }
    },
    { current: account("emptyPassword") },
  )
  return (
    <form {...form} id={id} className="space-y-3">
      <OwnPassword label={account("password")} autoFocus {...{ email, problem }} />
      <FormProblem problem={problem} />
    </form>
  )
}
