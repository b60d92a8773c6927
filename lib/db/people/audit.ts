/** The audit log: append-only. */

import { config } from "@/lib/config"
import { cleanText, toNullableJson } from "@/lib/db/clean"
import { db, isPostgres } from "@/lib/db/client"

export interface NewAuditEntry {
  id: string
  actorId: string | null
  actorName: string | null
  action: string
  targetId: string | null
  targetName: string | null
  details: unknown
  address: string | null
}

const cleanOrNull = (text: string | null) => (text === null ? null : cleanText(text))

export const addAuditEntry = (entry: NewAuditEntry) =>
  db().auditEntry.create({
    data: {
      ...entry,
      actorName: cleanOrNull(entry.actorName),
      targetName: cleanOrNull(entry.targetName),
      details: toNullableJson(entry.details),
    },
  })

export interface AuditQuery {
  /** Searched in the names of the actor and the subject. */
  person: string
  /** Null: all of them. */
  action: string | null
}

const contains = (text: string) =>
  isPostgres(config().databaseUrl) ? { contains: text, mode: "insensitive" } : { contains: text }

const whereOf = ({ person, action }: AuditQuery) => ({
  ...(action === null ? {} : { action }),
  ...(person
    ? {
        OR: [
          { actorName: contains(person) },
          { targetName: contains(person) },
          { actorId: person },
          { targetId: person },
        ],
      }
    : {}),
})

/** A page of the log, newest first. */
export const listAudit = (query: AuditQuery, { limit, offset }: { limit: number; offset: number }) =>
  db().auditEntry.findMany({
    where: whereOf(query),
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
    skip: offset,
  })

export const countAudit = (query: AuditQuery) => db().auditEntry.count({ where: whereOf(query) })

/** The actions that occur in the log. */
export async function auditActions(): Promise<string[]> {
  const rows = await db().auditEntry.findMany({
    distinct: ["action"],
    select: { action: true },
    orderBy: { action: "asc" },
  })
  return rows.map(({ action }) => action)
}
