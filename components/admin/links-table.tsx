import { useFormatter, useTranslations } from "next-intl"
import { FormattedDate } from "@/components/admin/people-table"
import { RemoveLink } from "@/components/admin/remove-link"
import { Table } from "@/components/admin/table"
import { TextLink } from "@/components/ui/text-link"
import type { LinkRow } from "@/lib/db/people/links"

/** Active links with their owners. */
export function LinksTable({ links, total }: { links: LinkRow[]; total: number }) {
  const t = useTranslations("admin.shares")
  const format = useFormatter()
  if (links.length === 0) return <p className="py-6 text-muted-foreground text-sm">{t("none")}</p>
  return (
    <>
      <p role="status" className="mb-2 text-[0.8125rem] text-muted-foreground">
        {t("count", { count: total })}
      </p>
      <Table
        label={t("title")}
        columns={[
          { key: "link", label: t("link") },
          { key: "owner", label: t("owner") },
          { key: "created", label: t("created") },
          { key: "views", label: t("views"), figure: true },
          { key: "reports", label: t("reports") },
          { key: "remove", label: t("remove") },
        ]}
        rows={links.map((link) => ({
          key: link.id,
          cells: [
            <Title key="link" link={link} />,
            <Owner key="owner" link={link} />,
            <FormattedDate key="created" at={link.createdAt} />,
            format.number(link.views),
            <Reports key="reports" link={link} />,
            <RemoveLink key="remove" id={link.id} title={link.title} />,
          ],
        }))}
      />
    </>
  )
}

function Title({ link: { token, title, inside, passcode } }: { link: LinkRow }) {
  const t = useTranslations("admin.shares")
  return (
    <>
      {inside ? (
        <span className="wrap-anywhere">{title}</span>
      ) : (
        <TextLink href={`/share/${token}`} target="_blank" className="wrap-anywhere">
          {title}
        </TextLink>
      )}
      {(inside || passcode) && (
        <span className="block text-[0.78125rem] text-muted-foreground">{t(inside ? "inside" : "passcode")}</span>
      )}
    </>
  )
}

function Owner({ link: { user } }: { link: LinkRow }) {
  const t = useTranslations("admin.people")
  return (
    <TextLink href={`/admin/people/${user.id}`} className="wrap-anywhere">
      {user.name ?? user.email ?? t("guest", { id: user.id.slice(-6) })}
    </TextLink>
  )
}

function Reports({ link: { reports, reported } }: { link: LinkRow }) {
  const format = useFormatter()
  if (reported === 0) return format.number(0)
  return (
    <details>
      <summary className="cursor-pointer text-danger tabular-nums">{format.number(reported)}</summary>
      <ul className="mt-1 max-w-72 space-y-1 text-[0.8125rem]">
        {reports.map(({ id, reason }) => (
          <li key={id} className="wrap-anywhere">
            {reason}
          </li>
        ))}
      </ul>
    </details>
  )
}
