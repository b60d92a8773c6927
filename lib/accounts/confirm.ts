/**
 * Verifies that the person at an open page is the account's owner: required before anything that could let someone else
 * in, or lock the owner out.
 */
import { beginAttempt, networkOfRequest } from "@/lib/auth/attempts"
import { isPassword } from "@/lib/auth/passwords"
import type { Session } from "@/lib/auth/sessions"
import { ownAccount } from "@/lib/db/people/accounts"
import { ownerConfirmedAt, recordConfirmation } from "@/lib/db/people/sessions"
import { AppError } from "@/lib/http/errors"

/** Milliseconds for which a sign-in, or a password confirmation, counts as recent. */
const RECENT_MS = 15 * 60_000

/**
 * Throws `account:recent` if both the session's sign-in and its last password confirmation are more than 15 minutes
 * old.
 */
export async function requireRecentSignIn(session: Session): Promise<void> {
  const seen = await ownerConfirmedAt(session.id)
  if (!seen || Date.now() - seen.getTime() > RECENT_MS) throw new AppError("account:recent")
}

/**
 * Confirms the password for this session, which counts as recent from now on. Throws `account:current_password`,
 * `account:recent` if there is no password.
 */
export async function confirmPassword(request: Request, session: Session, password: string): Promise<void> {
  const account = await ownAccount(session.user.id)
  if (!account) throw new AppError("auth:required")
  if (account.passwordHash === null) throw new AppError("account:recent")
  await requirePassword(request, { ...account, passwordHash: account.passwordHash, current: password })
  await recordConfirmation(session.id, new Date())
}

/**
 * Requires the password each time, or, without one, a recent sign-in. Throws `account:current_password`,
 * `account:recent`.
 */
export async function confirmOwner(request: Request, session: Session, password: string | null): Promise<void> {
  const account = await ownAccount(session.user.id)
  if (!account) throw new AppError("auth:required")
  const { id, passwordHash } = account
  if (passwordHash === null) await requireRecentSignIn(session)
  else await requirePassword(request, { id, passwordHash, current: password })
}

/** Subject to the same rate limits as signing in. */
async function requirePassword(
  request: Request,
  { id, passwordHash, current }: { id: string; passwordHash: string; current: string | null },
): Promise<void> {
  const network = networkOfRequest(request.headers)
  const attempt = await beginAttempt({ account: `own ${id}`, network, browser: null })
  if (!(await isPassword(current ?? "", passwordHash)))
    throw new AppError("account:current_password", { details: { field: "current" } })
  await attempt.succeeded()
}
