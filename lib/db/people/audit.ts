/** The audit log: appended to, never changed. */
import { cleanText, toNullableJson } from "@/lib/db/clean"
import { db } from "@/lib/db/client"

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
