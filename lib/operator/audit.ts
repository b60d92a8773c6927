/** The audit log: who did what to this installation, or to an account. */
import { v7 as uuidv7 } from "uuid"
import { addAuditEntry } from "@/lib/db/people/audit"
import { logFault } from "@/lib/log"

export interface Audited {
  /** Null: the server itself, or its command line. */
  actor: { id: string; name: string | null } | null
  /** What was done, as `account.created`; each has its words in the catalogue. */
  action: string
  target?: { id: string; name: string | null }
  /** What was changed: never a secret, never the text of a chat. */
  details?: Record<string, unknown>
  /** Where it came from. */
  address?: string
}

/** Writes down what was done. What can't be written is logged: it never undoes what it tells of. */
export async function audit({ actor, action, target, details, address }: Audited): Promise<void> {
  const entry = {
    id: uuidv7(),
    actorId: actor?.id ?? null,
    actorName: actor?.name ?? null,
    action,
    targetId: target?.id ?? null,
    targetName: target?.name ?? null,
    details: details ?? null,
    address: address ?? null,
  }
  await addAuditEntry(entry).catch((error: unknown) => logFault(`audit ${action}`, error))
}
