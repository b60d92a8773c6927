"use client"

import { useRouter } from "next/navigation"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ConfirmButton } from "@/components/admin/confirm-button"
import { MadeLink } from "@/components/admin/made-link"
import { PersonEmail } from "@/components/admin/person-email"
import { useAction } from "@/components/admin/use-action"
import { api, unexpected } from "@/components/base/api"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { toast } from "@/components/ui/toast"
import { isRecord } from "@/lib/is-record"

interface Props {
  id: string
  guest: boolean
  admin: boolean
  email: string | null
  /** When it was disabled, formatted; null: it is enabled. */
  off: string | null
}

/** Actions on an account. An administrator's role must be removed before the account is disabled or deleted. */
export function PersonActions({ id, guest, admin, email, off }: Props) {
  const t = useTranslations("admin.person")
  const router = useRouter()
  const { busy, act } = useAction()
  const change = (body: unknown) => act(() => api(`/api/admin/people/${id}`, { method: "PATCH", body }))
  const remove = async () => {
    if (!(await act(() => api(`/api/admin/people/${id}`, { method: "DELETE" })))) return
    toast(t("deleted"))
    router.push("/admin/people")
  }
  return (
    <>
      {!guest && (off === null || admin) && (
        <SettingRow label={t("admin")} meaning={t("adminMeaning")}>
          <ConfirmButton
            text={t(admin ? "removeAdmin" : "makeAdmin")}
            question={t(admin ? "removeAdminAsk" : "makeAdminAsk")}
            confirm={t(admin ? "removeAdmin" : "makeAdmin")}
            busy={busy}
            onConfirm={() => change({ admin: !admin })}
          />
        </SettingRow>
      )}
      {!guest && <PersonEmail id={id} email={email} />}
      {!guest && off === null && <ResetRow id={id} />}
      {!admin && off === null && (
        <SettingRow label={t("switchOff")} meaning={t("switchOffMeaning")}>
          <ConfirmButton
            text={t("switchOffDo")}
            question={t("switchOffAsk")}
            confirm={t("switchOffDo")}
            busy={busy}
            onConfirm={() => change({ disabled: true })}
          />
        </SettingRow>
      )}
      {off !== null && (
        <SettingRow label={t("switchOn")} meaning={t("switchOnMeaning", { date: off })}>
          <Button size="sm" disabled={busy} onClick={() => void change({ disabled: false })}>
            {t("switchOnDo")}
          </Button>
        </SettingRow>
      )}
      {!admin && (
        <SettingRow label={t("delete")} meaning={t("deleteMeaning")}>
          <ConfirmButton
            danger
            text={t("deleteDo")}
            question={t("deleteAsk")}
            confirm={t("deleteDo")}
            busy={busy}
            onConfirm={remove}
          />
        </SettingRow>
      )}
    </>
  )
}

/** Creates a link for a user who has lost their password. */
function ResetRow({ id }: { id: string }) {
  const t = useTranslations("admin.person")
  const { busy, act } = useAction()
  const [url, setUrl] = useState<string | null>(null)
  const make = () =>
    act(async () => {
      const made = await api(`/api/admin/people/${id}/reset`, { method: "POST" })
      if (!isRecord(made) || typeof made.url !== "string") throw unexpected()
      setUrl(made.url)
    })
  return (
    <>
      <SettingRow label={t("reset")} meaning={t("resetMeaning")}>
        <Button size="sm" disabled={busy} onClick={() => void make()}>
          {t("resetDo")}
        </Button>
      </SettingRow>
      {url && <MadeLink url={url} label={t("resetLink")} text={t("resetMade")} />}
    </>
  )
}
