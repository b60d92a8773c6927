/**
 * Deleting one's own account: asked for by who shows that it is theirs, done after some days, taken back by signing in before.
 * A guest, who could not sign in again, is deleted at once.
 */
import { deleteAccount } from "@/lib/accounts/accounts"
import { confirmOwner } from "@/lib/accounts/confirm"
import { endSessions } from "@/lib/auth/ending"
import type { Session } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { ownAccount } from "@/lib/db/people/accounts"
import {
  beginDueEnd,
  beginEndOfGuest,
  deleteAfterOf,
  dueDeletions,
  forgetDeleteAfter,
  setDeleteAfter,
} from "@/lib/db/people/deletion"
import { stopAnswersOf } from "@/lib/generation/stop"
import { AppError } from "@/lib/http/errors"
import { logInfo } from "@/lib/log"
import { audit } from "@/lib/operator/audit"

interface Given {
  /** The account's address, typed anew. */
  email: string | null
  /** Null where it has none. */
  password: string | null
}

/**
 * Asks for the end of one's own account: signed out everywhere, shares opened by nobody from now on. Asked twice, it ends when
 * it was to end at first. Throws `account:address` where another address was typed, `account:current_password`, `account:recent`, `account:only_admin`.
 */
export async function askDeletion(request: Request, session: Session, { email, password }: Given): Promise<void> {
  if (await beginEndOfGuest(session.user.id)) {
    await deleteAccount(session.user.id)
    return
  }
  // A guest may have become an account in this moment, in another tab: that is asked for what an account is.
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

/** Takes it back. Throws `auth:required` where the end has begun. */
export async function keepAccount({ user }: Session): Promise<void> {
  if (!(await forgetDeleteAfter(user.id))) {
    if ((await deleteAfterOf(user.id)) !== null) throw new AppError("auth:required")
    return
  }
  const who = { id: user.id, name: user.name ?? user.email ?? null }
  await audit({ actor: who, action: "account.deletion_taken_back", target: who })
}

/** Deletes the accounts whose time has come, with all that is theirs. Returns how many. */
export async function deleteDueAccounts(now = new Date()): Promise<number> {
  const due = await dueDeletions(now)
  let count = 0
  for (const { id, name, email } of due) {
    // Meanwhile its owner may have taken it back, or another process may have done it.
    if (!((await beginDueEnd(id, now)) && (await deleteAccount(id)))) continue
    await audit({ actor: null, action: "account.deleted", target: { id, name: name ?? email } })
    count++
  }
  if (count > 0) logInfo(`Deleted ${count} accounts, as their owners had asked.`)
  return count
}
