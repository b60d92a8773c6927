/** The audit log: who did what to this installation, or to an account. */
import { v7 as uuidv7 } from "uuid"
import { addAuditEntry } from "@/lib/db/people/audit"
import { logFault } from "@/lib/log"

export interface Audited {
  /** Null: the server itself, or its command line. */
  actor: { id: string; name: string | null } | null
  /** For example `account.created`; each action has a text in the catalogue. */
  action: string
  target?: { id: string; name: string | null }
  /** What was changed: never a secret, never the text of a chat. */
  details?: Record<string, unknown>
  /** The sender's IP address. */
  address?: string
}

/** Adds an entry to the log. If that fails, the error is logged; the action itself isn't undone. */
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
  await addAuditEntry(entry).catch((error: unknown) => logFault(`audit log: ${action}`, error))
}
