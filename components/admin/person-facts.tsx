import { useFormatter, useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { FormattedDate, Megabytes, Role } from "@/components/admin/people-table"
import type { PersonRow } from "@/lib/db/people/directory"

/** Data about an account, but nothing from its chats. */
export function PersonFacts({ person, today }: { person: PersonRow; today: number }) {
  const t = useTranslations("admin.people")
  const detail = useTranslations("admin.person")
  const format = useFormatter()
  return (
    <dl className="mb-6 grid grid-cols-2 gap-x-6 gap-y-3.5 rounded-lg border bg-surface px-4 py-3.5 sm:grid-cols-3 lg:grid-cols-4">
      <Fact name={detail("email")}>{person.email ?? detail("noEmail")}</Fact>
      <Fact name={t("role")}>
        <Role person={person} />
      </Fact>
      <Fact name={t("created")}>
        <FormattedDate at={person.createdAt} />
      </Fact>
      <Fact name={t("lastSeen")}>
        <FormattedDate at={person.lastSeenAt} />
      </Fact>
      <Fact name={detail("use")}>{format.number(today)}</Fact>
      <Fact name={t("answers")}>{format.number(person.answers)}</Fact>
      <Fact name={t("spent")}>{format.number(person.spentUsd, { style: "currency", currency: "USD" })}</Fact>
      <Fact name={t("storage")}>
        <Megabytes bytes={person.storedBytes} />
      </Fact>
      {person.deleteAfter && (
        <Fact name={detail("leaving")}>
          <FormattedDate at={person.deleteAfter} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[0.8125rem] text-muted-foreground">{name}</dt>
      <dd className="wrap-anywhere mt-0.5 text-sm">{children}</dd>
    </div>
  )
}
