/** Shares for specific users of this installation: who may read them, and which shares a user was given access to. */
import { notifyOutlineChanged } from "@/lib/chat/news/news"
import { createWithinLimit } from "@/lib/db/limits"
import {
  countGrants,
  findAccountByEmail,
  findAuthor,
  grant,
  grantedUsers,
  readersOfConversation,
  revokeGrant,
  sharesWith,
} from "@/lib/db/share-people"
import { findOwnShare } from "@/lib/db/shares"
import { AppError } from "@/lib/http/errors"
import { requireFeature } from "@/lib/quota/offers"
import { MAX_SHARE_PEOPLE } from "@/lib/share/options"
import type { Person, ReceivedShare } from "@/lib/share/types"
import { rateLimitError } from "@/lib/throttle/too-early"
import { triesOf } from "@/lib/throttle/tries"

/** Rate limit for unknown email addresses: otherwise a user could enumerate the accounts. */
const UNKNOWN = { free: 9, firstMs: 60_000, mostMs: 3_600_000, forgetMs: 6 * 3_600_000 }
const unknown = triesOf("unknown addresses")
const MAX_LISTED = 200

/**
 * Gives the account with exactly this address access to a share. Throws `share:not_found`, `share:person_not_found`,
 * `limit:reached`, and `auth:forbidden` for a guest's share.
 */
export async function addPerson(userId: string, shareId: string, email: string): Promise<Person> {
  await requireFeature("shares")
  const [share, author] = await Promise.all([findOwnShare(shareId, userId), findAuthor(userId)])
  if (!share?.inside) throw new AppError("share:not_found")
  if (!author || author.guest) throw new AppError("auth:forbidden")
  const asked = [{ name: userId, schedule: UNKNOWN }]
  // Counted before the result is known, so that concurrent requests can't exceed the limit.
  const { waitMs } = await unknown.begin(asked)
  if (waitMs > 0) throw rateLimitError("limit:reached/people_asked", waitMs)
  const person = await findAccountByEmail(email)
  if (!person) throw new AppError("share:person_not_found", { values: { email } })
  await unknown.takeBack(asked)
  if (person.id === userId) throw new AppError("share:person_not_found/self")
  if (share.grants.some(({ user }) => user.id === person.id)) return person
  const granted = await createWithinLimit(userId, {
    most: MAX_SHARE_PEOPLE,
    count: (client) => countGrants(client, shareId),
    make: (client) => grant(client, shareId, person.id),
  })
  if (!granted) throw new AppError("limit:reached/people", { values: { count: MAX_SHARE_PEOPLE } })
  await notifyOutlineChanged(person.id)
  return person
}

/** Revokes a user's access immediately. Throws `share:not_found`, also if they had no access. */
export async function removePerson(userId: string, shareId: string, personId: string): Promise<void> {
  const share = await findOwnShare(shareId, userId)
  if (!(share && (await revokeGrant(shareId, personId)))) throw new AppError("share:not_found")
  await notifyOutlineChanged(personId)
}

/** Shares this user was given access to, newest first. */
export const receivedShares = async (userId: string): Promise<ReceivedShare[]> =>
  (await sharesWith(userId, MAX_LISTED)).map(({ createdAt, share: { id, token, title, user } }) => ({
    ...{ id, title, path: `/share/${token}`, by: user.name ?? user.email ?? "" },
    createdAt: createdAt.toISOString(),
  }))

/** Tells the open pages of everyone with access to a share to refresh. */
export async function notifyReaders(shareId: string): Promise<void> {
  await Promise.all((await grantedUsers(shareId)).map(notifyOutlineChanged))
}

/** The same for all shares of a conversation that was deleted or restored. */
export async function notifyReadersOf(conversationId: string): Promise<void> {
  await Promise.all((await readersOfConversation(conversationId)).map(notifyOutlineChanged))
}
