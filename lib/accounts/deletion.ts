/**
 * Deleting one's own account: requested with proof of ownership, done after some days, cancelled by signing in before
 * that. A guest, who could not sign in again, is deleted immediately.
 */
import { deleteAccount } from "@/lib/accounts/accounts"
import { confirmOwner } from "@/lib/accounts/confirm"
import { endSessions } from "@/lib/auth/ending"
import type { Session } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { ownAccount } from "@/lib/db/people/accounts"
import {
  deleteAfterOf,
  dueDeletions,
  forgetDeleteAfter,
  setDeleteAfter,
  startDueDeletion,
  startGuestDeletion,
} from "@/lib/db/people/deletion"
import { stopAnswersOf } from "@/lib/generation/stop"
import { AppError } from "@/lib/http/errors"
import { logInfo } from "@/lib/log"
import { audit } from "@/lib/operator/audit"

interface Given {
  /** The account's address, typed again. */
  email: string | null
  /** Null if it has none. */
  password: string | null
}

/**
 * Requests the deletion of one's own account: all sessions end, and its shares stop working. A second request doesn't
 * change the original date. Throws `account:address` if a different address was typed, `account:current_password`,
 * `account:recent`, `account:only_admin`.
 */
export async function requestAccountDeletion(
  request: Request,
  session: Session,
  { email, password }: Given,
): Promise<void> {
  if (await startGuestDeletion(session.user.id)) {
    await deleteAccount(session.user.id)
    return
  }
  // A guest may just have become an account in another tab: then the rules for accounts apply.
  const account = await ownAccount(session.user.id)
  if (!account) throw new AppError("auth:required")
  const { id, name } = account
  if (account.email !== null && email?.trim().toLowerCase() !== account.email)
    throw new AppError("account:address", { details: { field: "email" } })
  await confirmOwner(request, session, password)
  const at = new Date(Date.now() + config().limits.deleteAccountMs)
  const outcome = await setDeleteAfter(id, at)
  if (outcome === "refused") throw new AppError((await ownAccount(id)) ? "account:only_admin" : "auth:required")
  await endSessions(id)
  await stopAnswersOf(id)
  if (outcome === "was_set") return
  const who = { id, name: name ?? account.email }
  await audit({ actor: who, action: "account.deletion_asked", target: who, details: { at: at.toISOString() } })
}

/** Cancels the deletion. Throws `auth:required` if it has already started. */
export async function cancelAccountDeletion({ user }: Session): Promise<void> {
  if (!(await forgetDeleteAfter(user.id))) {
    if ((await deleteAfterOf(user.id)) !== null) throw new AppError("auth:required")
    return
  }
  const who = { id: user.id, name: user.name ?? user.email ?? null }
  await audit({ actor: who, action: "account.deletion_taken_back", target: who })
}

/** Deletes the accounts that are due, with all their data. Returns how many. */
export async function deleteDueAccounts(now = new Date()): Promise<number> {
  const due = await dueDeletions(now)
  let count = 0
  for (const { id, name, email } of due) {
    // In the meantime the owner may have cancelled it, or another process may have done it.
    if (!((await startDueDeletion(id, now)) && (await deleteAccount(id)))) continue
    await audit({ actor: null, action: "account.deleted", target: { id, name: name ?? email } })
    count++
  }
  if (count > 0) logInfo(`Deleted ${count} accounts at their owners' request.`)
  return count
}
