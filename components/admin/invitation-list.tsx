import { useFormatter, useTranslations } from "next-intl"
import { RevokeInvitation } from "@/components/admin/invitations"
import type { InvitationLine } from "@/lib/admin/invitations"

/** Active invitations. Only the creator knows their URLs. */
export function InvitationList({ invitations }: { invitations: InvitationLine[] }) {
  const t = useTranslations("admin.invitations")
  const format = useFormatter()
  if (invitations.length === 0) return <p className="py-3 text-[0.8125rem] text-muted-foreground">{t("none")}</p>
  const day = (at: Date) => format.dateTime(at, { dateStyle: "medium" })
  return (
    <ul aria-label={t("title")}>
      {invitations.map(({ id, note, uses, maxUses, createdAt, expiresAt, by }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b py-3 last:border-0"
        >
          <div className="min-w-[min(100%,13rem)] flex-1">
            <p className="wrap-anywhere text-sm">{note ?? t("noNote")}</p>
            <p className="mt-0.5 text-[0.8125rem] text-muted-foreground leading-5">
              {t("state", { uses, maxUses })} · {expiresAt ? t("until", { date: day(expiresAt) }) : t("noExpiry")} ·{" "}
              {by ? t("madeBy", { name: by, date: day(createdAt) }) : t("madeOn", { date: day(createdAt) })}
            </p>
          </div>
          <RevokeInvitation id={id} note={note ?? t("noNote")} />
        </li>
      ))}
    </ul>
  )
}
