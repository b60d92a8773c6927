/** Shares for named people of this Sparkler: who may read them, and what somebody was let read. */
import { tellOutline } from "@/lib/chat/news/news"
import { makeUnlessFull } from "@/lib/db/limits"
import {
  countGrants,
  findAccountByEmail,
  findAuthor,
  grant,
  grantedUsers,
  readersOfConversation,
  sharesWith,
  ungrant,
} from "@/lib/db/share-people"
import { findOwnShare } from "@/lib/db/shares"
import { AppError } from "@/lib/http/errors"
import { requireOn } from "@/lib/quota/offers"
import { MOST_PEOPLE } from "@/lib/share/options"
import type { Person, ReceivedShare } from "@/lib/share/types"
import { tooEarly } from "@/lib/throttle/too-early"
import { triesOf } from "@/lib/throttle/tries"

/** Addresses of nobody's that a person may ask for before they wait: the list of accounts is not to be read out. */
const UNKNOWN = { free: 9, firstMs: 60_000, mostMs: 3_600_000, forgetMs: 6 * 3_600_000 }
const unknown = triesOf("unknown addresses")
const MOST_LISTED = 200

/**
 * Lets the account with exactly this address read a share. Throws `share:not_found`, `share:person_not_found`, `limit:reached`,
 * and `auth:forbidden` for what a guest shares.
 */
export async function addPerson(userId: string, shareId: string, email: string): Promise<Person> {
  await requireOn("shares")
  const [share, author] = await Promise.all([findOwnShare(shareId, userId), findAuthor(userId)])
  if (!share?.inside) throw new AppError("share:not_found")
  if (!author || author.guest) throw new AppError("auth:forbidden")
  const asked = [{ name: userId, schedule: UNKNOWN }]
  // Counted before it is known: of many at once no more come through.
  const { waitMs } = await unknown.begin(asked)
  if (waitMs > 0) throw tooEarly("limit:reached/people_asked", waitMs)
  const person = await findAccountByEmail(email)
  if (!person) throw new AppError("share:person_not_found", { values: { email } })
  await unknown.takeBack(asked)
  if (person.id === userId) throw new AppError("share:person_not_found/self")
  if (share.grants.some(({ user }) => user.id === person.id)) return person
  const granted = await makeUnlessFull(userId, {
    most: MOST_PEOPLE,
    count: (client) => countGrants(client, shareId),
    make: (client) => grant(client, shareId, person.id),
  })
  if (!granted) throw new AppError("limit:reached/people", { values: { count: MOST_PEOPLE } })
  await tellOutline(person.id)
  return person
}

/** From now on they can't read it. Throws `share:not_found`, also when they could not before. */
export async function removePerson(userId: string, shareId: string, personId: string): Promise<void> {
  const share = await findOwnShare(shareId, userId)
  if (!(share && (await ungrant(shareId, personId)))) throw new AppError("share:not_found")
  await tellOutline(personId)
}

/** What somebody was let read, newest first. */
export const receivedShares = async (userId: string): Promise<ReceivedShare[]> =>
  (await sharesWith(userId, MOST_LISTED)).map(({ createdAt, share: { id, token, title, user } }) => ({
    ...{ id, title, path: `/share/${token}`, by: user.name ?? user.email ?? "" },
    createdAt: createdAt.toISOString(),
  }))

/** The pages of those who may read a share ask anew what they may. */
export async function tellReaders(shareId: string): Promise<void> {
  await Promise.all((await grantedUsers(shareId)).map(tellOutline))
}

/** The same of all shares of a conversation, which was deleted or came back. */
export async function tellReadersOf(conversationId: string): Promise<void> {
  await Promise.all((await readersOfConversation(conversationId)).map(tellOutline))
}
