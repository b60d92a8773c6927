import { useTranslations } from "next-intl"
import { actionText } from "@/components/admin/audit-text"
import { Table } from "@/components/admin/table"
import { ReaderTime } from "@/components/base/reader-time"
import { isRecord } from "@/lib/is-record"

interface Entry {
  id: string
  at: Date
  actorName: string | null
  actorId: string | null
  action: string
  targetName: string | null
  targetId: string | null
  details: unknown
  address: string | null
}

/** The audit log, as recorded. */
export function AuditTable({ entries, total }: { entries: Entry[]; total: number }) {
  const t = useTranslations("admin.audit")
  const people = useTranslations("admin.people")
  if (entries.length === 0) return <p className="py-6 text-muted-foreground text-sm">{t("none")}</p>
  const named = (name: string | null, id: string | null) => name ?? (id ? people("guest", { id: id.slice(-6) }) : "")
  return (
    <>
      <p role="status" className="mb-2 text-[0.8125rem] text-muted-foreground">
        {t("count", { count: total })}
      </p>
      <Table
        label={t("title")}
        columns={[
          { key: "what", label: t("what") },
          { key: "whom", label: t("whom") },
          { key: "who", label: t("who") },
          { key: "at", label: t("at") },
          { key: "address", label: t("address") },
        ]}
        rows={entries.map((entry) => ({
          key: entry.id,
          cells: [
            <What key="what" action={entry.action} details={entry.details} />,
            <span key="whom" className="wrap-anywhere">
              {named(entry.targetName, entry.targetId)}
            </span>,
            <span key="who" className="wrap-anywhere">
              {entry.actorId ? named(entry.actorName, entry.actorId) : t("server")}
            </span>,
            <ReaderTime key="at" at={entry.at.toISOString()} time className="whitespace-nowrap" />,
            entry.address ?? "",
          ],
        }))}
      />
    </>
  )
}

function What({ action, details }: { action: string; details: unknown }) {
  const t = useTranslations("admin.audit")
  const lines = isRecord(details) ? Object.entries(details) : []
  return (
    <>
      {actionText(t, action)}
      {lines.length > 0 && (
        <details className="mt-0.5 text-[0.78125rem] text-muted-foreground">
          <summary className="cursor-pointer select-none">{t("details")}</summary>
          <dl className="mt-1 space-y-1">
            {lines.map(([name, value]) => (
              <div key={name}>
                <dt className="inline font-mono">{name}</dt>{" "}
                <dd className="wrap-anywhere inline font-mono">
                  {isRecord(value) && "from" in value && "to" in value
                    ? t("change", { from: shown(value.from), to: shown(value.to) })
                    : shown(value)}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  )
}

/** The stored value. */
const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value))
