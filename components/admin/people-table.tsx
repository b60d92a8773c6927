import Link from "next/link"
import { useFormatter, useTranslations } from "next-intl"
import { Table } from "@/components/admin/table"
import { ReaderTime } from "@/components/base/reader-time"
import { cn } from "@/lib/cn"
import type { PersonRow } from "@/lib/db/people/directory"

/** Users, each linked to their page. */
export function PeopleTable({ people, total, text }: { people: PersonRow[]; total: number; text: string }) {
  const t = useTranslations("admin.people")
  const format = useFormatter()
  if (people.length === 0)
    return <p className="py-6 text-muted-foreground text-sm">{text ? t("noMatch", { text }) : t("none")}</p>
  const figure = true
  return (
    <>
      <p role="status" className="mb-2 text-[0.8125rem] text-muted-foreground">
        {t("count", { count: total })}
      </p>
      <Table
        label={t("title")}
        columns={[
          { key: "name", label: t("name") },
          { key: "role", label: t("role") },
          { key: "seen", label: t("lastSeen") },
          { key: "answers", label: t("answers"), figure },
          { key: "spent", label: t("spent"), figure },
          { key: "storage", label: t("storage"), figure },
          { key: "created", label: t("created") },
        ]}
        rows={people.map((person) => ({
          key: person.id,
          cells: [
            <Named key="name" person={person} />,
            <Role key="role" person={person} />,
            <FormattedDate key="seen" at={person.lastSeenAt} />,
            format.number(person.answers),
            format.number(person.spentUsd, { style: "currency", currency: "USD" }),
            <Megabytes key="storage" bytes={person.storedBytes} />,
            <FormattedDate key="created" at={person.createdAt} />,
          ],
        }))}
      />
    </>
  )
}

function Named({ person: { id, name, email } }: { person: PersonRow }) {
  const t = useTranslations("admin.people")
  return (
    <Link href={`/admin/people/${id}`} prefetch={false} className="group block">
      <span className="wrap-anywhere font-medium group-hover:underline">
        {name ?? email ?? t("guest", { id: id.slice(-6) })}
      </span>
      {name && email && <span className="wrap-anywhere block text-muted-foreground">{email}</span>}
    </Link>
  )
}

/** A user's role, and whether they are disabled. */
export function Role({ person: { guest, admin, disabledAt } }: { person: PersonRow }) {
  const t = useTranslations("admin.roles")
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Mark strong={admin}>{t(admin ? "admin" : guest ? "guest" : "member")}</Mark>
      {disabledAt && <Mark danger>{t("off")}</Mark>}
    </span>
  )
}

function Mark({ strong, danger, children }: { strong?: boolean; danger?: boolean; children: string }) {
  return (
    <span
      className={cn(
        "whitespace-nowrap rounded-full bg-muted px-2 py-0.5 text-[0.78125rem]",
        strong && "bg-spark-soft font-medium text-spark-text",
        danger && "bg-danger-soft text-danger",
      )}
    >
      {children}
    </span>
  )
}

/** A formatted date. */
export function FormattedDate({ at }: { at: Date | null }) {
  const t = useTranslations("admin.people")
  return at ? <ReaderTime at={at.toISOString()} className="whitespace-nowrap" /> : t("never")
}

/** Bytes as megabytes, so that a small amount does not show as zero. */
export function Megabytes({ bytes }: { bytes: number }) {
  const format = useFormatter()
  return format.number(bytes / 1_000_000, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 })
}
