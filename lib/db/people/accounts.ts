/** Accounts: people with an address, a password, or an identity at an issuer. */

import { config } from "@/lib/config"
import { cleanText } from "@/lib/db/clean"
import { db, isPostgres, type Transaction } from "@/lib/db/client"

/** What signing in by an address looks at. */
export const accountByEmail = (email: string) =>
  db().user.findUnique({
    where: { email },
    select: { id: true, name: true, email: true, passwordHash: true, disabledAt: true, mustConfirm: true },
  })

/** Whose identity this is; null when it is nobody's. */
export const accountByIdentity = (provider: string, subject: string) =>
  db().account.findUnique({
    where: { provider_subject: { provider, subject } },
    select: { id: true, user: { select: { id: true, name: true, email: true, disabledAt: true } } },
  })

/** An account as its own person is shown it; null when there is none. */
export const ownAccount = (id: string) =>
  db().user.findUnique({
    where: { id },
    select: {
      ...{ id: true, guest: true, admin: true, name: true, email: true, emailVerifiedAt: true, passwordHash: true },
      accounts: { select: { id: true, provider: true, email: true }, orderBy: { createdAt: "asc" } },
    },
  })

export interface NewAccount {
  /** Of a guest who becomes it, or new. */
  id: string
  email: string | null
  emailVerifiedAt: Date | null
  name: string | null
  passwordHash: string | null
  mustConfirm: boolean
}

/** Makes an account of a guest, who keeps everything. False when they are none any more. */
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

/** Of all that make an account at once, one goes on; the others wait until its transaction is over. */
export async function oneAtATime(client: Transaction): Promise<void> {
  // SQLite has one writer anyway.
  if (isPostgres(config().databaseUrl)) await client.$executeRawUnsafe("SELECT pg_advisory_xact_lock(7012)")
}

/** How many accounts there are beside this one. */
export const otherAccounts = (client: Transaction, id: string) =>
  client.user.count({ where: { guest: false, id: { not: id } } })

export const makeAdminRow = (client: Transaction, id: string) =>
  client.user.updateMany({ where: { id, guest: false, admin: false }, data: { admin: true } })

export interface Identity {
  provider: string
  subject: string
  email: string | null
}

/** Fails as `isUniqueViolation` says where it is somebody's already. */
export const addIdentity = (client: Transaction, id: string, userId: string, identity: Identity) =>
  client.account.create({ data: { id, userId, ...identity } })

/** The address as the issuer tells it now. */
export const noteIdentityEmail = (id: string, email: string | null) =>
  db().account.updateMany({ where: { id }, data: { email } })

export const changePassword = (client: Transaction, id: string, passwordHash: string) =>
  client.user.updateMany({ where: { id, guest: false }, data: { passwordHash } })

/** Another address; fails as `isUniqueViolation` says where it is another account's. `verifiedAt`: when it was shown to be theirs. */
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

/** That this address is theirs. `first`: nobody had shown it before. Null where the account has another one by now. */
export async function verifyEmail(client: Transaction, id: string, email: string): Promise<{ first: boolean } | null> {
  const { count } = await client.user.updateMany({
    where: { id, email, emailVerifiedAt: null },
    data: { emailVerifiedAt: new Date(), mustConfirm: false },
  })
  if (count === 1) return { first: true }
  return (await client.user.count({ where: { id, email } })) === 1 ? { first: false } : null
}

/** Takes away all ways to sign in by an issuer. */
export const removeIdentities = (client: Transaction, userId: string) =>
  client.account.deleteMany({ where: { userId } })

/** Takes an identity away unless it is the last way to sign in; false when it isn't there. Throws what `last` makes. */
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

/** Removes accounts whose address nobody has confirmed, and which nobody could enter. Returns how many. */
export const removeUnconfirmed = async (before: Date): Promise<number> =>
  (await db().user.deleteMany({ where: { mustConfirm: true, guest: false, createdAt: { lt: before } } })).count

/** Every account, for the command line; the oldest first. */
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
