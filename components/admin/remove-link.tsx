"use client"

import { useTranslations } from "next-intl"
import { ConfirmButton } from "@/components/admin/confirm-button"
import { useAction } from "@/components/admin/use-action"
import { api } from "@/components/base/api"

/** Revokes a user's link. */
export function RemoveLink({ id, title }: { id: string; title: string }) {
  const t = useTranslations("admin.shares")
  const { busy, act } = useAction()
  return (
    <ConfirmButton
      danger
      text={t("remove")}
      label={t("removeOf", { title })}
      question={t("removeAsk", { title })}
      confirm={t("remove")}
      busy={busy}
      onConfirm={() => act(() => api(`/api/admin/shares/${id}`, { method: "DELETE" }))}
    />
  )
}
