/** Reads the audit log: by person and action, in pages, and as a file. */
import type { Cell } from "@/lib/admin/csv"
import { type AuditQuery, auditActions, countAudit, listAudit } from "@/lib/db/people/audit"

export const ENTRIES_PER_PAGE = 50

const queryOf = (person: string, action: string): AuditQuery => ({
  person: person.trim().slice(0, 200),
  action: action || null,
})

/** A page of the log, the number of matching entries, and the list of actions. */
export async function auditPage(asked: { person: string; action: string; page: number }) {
  const query = queryOf(asked.person, asked.action)
  const [entries, total, actions] = await Promise.all([
    listAudit(query, { limit: ENTRIES_PER_PAGE, offset: (asked.page - 1) * ENTRIES_PER_PAGE }),
    countAudit(query),
    auditActions(),
  ])
  return { entries, total, actions }
}

const PIECE = 1_000

/** All matching entries, with a header row. */
export async function* auditCsv(asked: { person: string; action: string }): AsyncGenerator<Cell[]> {
  yield ["time", "actor_id", "actor", "action", "target_id", "target", "details", "address"]
  const query = queryOf(asked.person, asked.action)
  for (let offset = 0; ; offset += PIECE) {
    const entries = await listAudit(query, { limit: PIECE, offset })
    for (const one of entries)
      yield [
        ...[one.at.toISOString(), one.actorId, one.actorName, one.action, one.targetId, one.targetName],
        ...[one.details === null ? null : JSON.stringify(one.details), one.address],
      ]
    if (entries.length < PIECE) return
  }
}
