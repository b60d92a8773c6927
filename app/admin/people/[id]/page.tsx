import { ArrowLeft } from "lucide-react"
import Link from "next/link"
import { notFound } from "next/navigation"
import { getFormatter, getTranslations } from "next-intl/server"
import { Group, PageHead } from "@/components/admin/admin-frame"
import { PersonActions } from "@/components/admin/person-actions"
import { PersonFacts } from "@/components/admin/person-facts"
import { PersonQuotas } from "@/components/admin/person-quotas"
import { requireAdminPage } from "@/lib/admin/page"
import { personOf, quotasOf } from "@/lib/admin/people"

type Props = { params: Promise<{ id: string }> }

export default async function Person({ params }: Props) {
  const user = await requireAdminPage("admin:people")
  const { id } = await params
  const [person, quotas] = await Promise.all([personOf(id), quotasOf(id)])
  if (!person || !quotas) notFound()
  const t = await getTranslations("admin")
  const format = await getFormatter()
  const limitIn = (value: number | null, money = false) => {
    if (value === null) return t("quotas.noLimit")
    return format.number(value, money ? { style: "currency", currency: "USD" } : {})
  }
  const { answersPerDay, spendPerMonthUsd, storageMb } = quotas.defaults
  return (
    <>
      <Link
        href="/admin/people"
        prefetch={false}
        className="mb-3 inline-flex items-center gap-1.5 text-muted-foreground text-sm hover:text-foreground"
      >
        <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden /> {t("person.all")}
      </Link>
      <PageHead title={person.name ?? person.email ?? t("people.guest", { id: id.slice(-6) })} />
      <PersonFacts person={person} today={quotas.answersToday} />
      <Group title={t("person.quotas")} meaning={t("person.quotasMeaning")}>
        <PersonQuotas
          key={JSON.stringify(quotas.own)}
          id={id}
          own={quotas.own}
          defaults={{
            answersPerDay: limitIn(answersPerDay),
            spendPerMonthUsd: limitIn(spendPerMonthUsd, true),
            storageMb: limitIn(storageMb),
          }}
        />
      </Group>
      <Group title={t("person.access")} meaning={id === user.id ? t("person.you") : undefined}>
        {id === user.id ? (
          <div className="pb-2.5" />
        ) : (
          <PersonActions
            id={id}
            guest={person.guest}
            admin={person.admin}
            email={person.email}
            off={person.disabledAt && format.dateTime(person.disabledAt, { dateStyle: "long" })}
          />
        )}
      </Group>
    </>
  )
}
