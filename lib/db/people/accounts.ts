/** Accounts: users with an email address, a password, or an identity at an issuer. */

import { config } from "@/lib/config"
import { cleanText } from "@/lib/db/clean"
import { db, isPostgres, type Transaction } from "@/lib/db/client"

/** What signing in with an email address checks. */
export const accountByEmail = (email: string) =>
  db().user.findUnique({
    where: { email },
    select: { id: true, name: true, email: true, passwordHash: true, disabledAt: true, mustConfirm: true },
  })

/** The account with this identity; null if there is none. */
export const accountByIdentity = (provider: string, subject: string) =>
  db().account.findUnique({
    where: { provider_subject: { provider, subject } },
    select: { id: true, user: { select: { id: true, name: true, email: true, disabledAt: true } } },
  })

/** An account as shown to its own user; null if there is none. */
export const ownAccount = (id: string) =>
  db().user.findUnique({
    where: { id },
    select: {
      ...{ id: true, guest: true, admin: true, name: true, email: true, emailVerifiedAt: true, passwordHash: true },
      accounts: { select: { id: true, provider: true, email: true }, orderBy: { createdAt: "asc" } },
    },
  })

export interface NewAccount {
  /** The ID of the guest who becomes it, or a new one. */
  id: string
  email: string | null
  emailVerifiedAt: Date | null
  name: string | null
  passwordHash: string | null
  mustConfirm: boolean
}

/** Turns a guest into an account that keeps everything. False if they are no longer a guest. */
export async function accountFromGuest(client: Transaction, { id, ...data }: NewAccount): Promise<boolean> {
  const { count } = await client.user.updateMany({
    where: { id, guest: true, disabledAt: null },
    data: { guest: false, ...cleaned(data) },
  })
  return count === 1
}

export const createAccount = (client: Transaction, { id, ...data }: NewAccount) =>
  client.user.create({ data: { id, guest: false, ...cleaned(data) } })

const cleaned = <T extends { name: string | null }>(data: T): T => ({
  ...data,
  name: data.name === null ? null : cleanText(data.name),
})

/** Serializes creating accounts: others wait until this transaction is over. */
export async function oneAtATime(client: Transaction): Promise<void> {
  // SQLite has only one writer anyway.
  if (isPostgres(config().databaseUrl)) await client.$executeRawUnsafe("SELECT pg_advisory_xact_lock(7012)")
}

/** Number of accounts besides this one. */
export const otherAccounts = (client: Transaction, id: string) =>
  client.user.count({ where: { guest: false, id: { not: id } } })

export const makeAdminRow = (client: Transaction, id: string) =>
  client.user.updateMany({ where: { id, guest: false, admin: false }, data: { admin: true } })

export interface Identity {
  provider: string
  subject: string
  email: string | null
}

/** Fails (`isUniqueViolation`) if it already belongs to someone. */
export const addIdentity = (client: Transaction, id: string, userId: string, identity: Identity) =>
  client.account.create({ data: { id, userId, ...identity } })

/** The email address as currently reported by the issuer. */
export const noteIdentityEmail = (id: string, email: string | null) =>
  db().account.updateMany({ where: { id }, data: { email } })

export const changePassword = (client: Transaction, id: string, passwordHash: string) =>
  client.user.updateMany({ where: { id, guest: false }, data: { passwordHash } })

/**
 * Changes the email address; fails (`isUniqueViolation`) if it is another account's. `verifiedAt`: when ownership was
 * proven.
 */
export const changeEmail = (
  client: Transaction,
  id: string,
  { email, verifiedAt }: { email: string; verifiedAt: Date | null },
) =>
  client.user.updateMany({
    where: { id, guest: false },
    data: { email, emailVerifiedAt: verifiedAt, mustConfirm: false },
  })

export const changeName = (id: string, name: string | null) =>
  db().user.updateMany({ where: { id, guest: false }, data: cleaned({ name }) })

/**
 * Marks this email address as verified. `first`: it had not been verified before. Null if the account has a different
 * one by now.
 */
export async function verifyEmail(client: Transaction, id: string, email: string): Promise<{ first: boolean } | null> {
  const { count } = await client.user.updateMany({
    where: { id, email, emailVerifiedAt: null },
    data: { emailVerifiedAt: new Date(), mustConfirm: false },
  })
  if (count === 1) return { first: true }
  return (await client.user.count({ where: { id, email } })) === 1 ? { first: false } : null
}

/** Removes all ways to sign in through an issuer. */
export const removeIdentities = (client: Transaction, userId: string) =>
  client.account.deleteMany({ where: { userId } })

/**
 * Removes an identity unless it is the last way to sign in; false if it doesn't exist. Otherwise throws the error from
 * `last`.
 */
export async function removeIdentity(userId: string, id: string, last: () => Error): Promise<boolean> {
  return db().$transaction(async (client) => {
    await oneAtATime(client)
    const { count } = await client.account.deleteMany({ where: { id, userId } })
    const user = await client.user.findUnique({
      where: { id: userId },
      select: { passwordHash: true, email: true, _count: { select: { accounts: true } } },
    })
    if (count === 1 && user && !(user.passwordHash && user.email) && user._count.accounts === 0) throw last()
    return count === 1
  })
}

/** Removes accounts with an unconfirmed email address that nobody could sign in to. Returns how many. */
export const removeUnconfirmed = async (before: Date): Promise<number> =>
  (await db().user.deleteMany({ where: { mustConfirm: true, guest: false, createdAt: { lt: before } } })).count

/** Every account, for the command line; oldest first. */
export const allAccounts = () =>
  db().user.findMany({
    where: { guest: false },
    select: {
      ...{ id: true, name: true, email: true, admin: true, disabledAt: true, emailVerifiedAt: true, createdAt: true },
      passwordHash: true,
      accounts: { select: { provider: true } },
    },
    orderBy: { createdAt: "asc" },
  })
