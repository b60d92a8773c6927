/**
 * Detects what other processes did to the users whose streams this one holds: notified by the bus, and by polling in
 * case the bus was unreachable, or someone changed the database manually.
 */
import { letGo, subscribeToSessionEndings } from "@/lib/auth/ending"
import { endedUsers } from "@/lib/db/people/sessions"
import { streamOwners } from "@/lib/http/held-streams"
import { logFault } from "@/lib/log"

const EVERY_MS = 5_000
/** Tolerance in milliseconds for clock differences between processes and slow transactions. */
const SLACK_MS = 2_000

/** Subscribes, and polls every five seconds while any streams are open. */
export async function startSessionWatch(): Promise<void> {
  let since = new Date()
  const look = async () => {
    const next = new Date(Date.now() - SLACK_MS)
    await cutStreamsOfEndedSessions(since)
    // A failed query is repeated for the same period.
    since = next
  }
  const lookSafely = () => void look().catch((error) => logFault("checking for ended sessions", error))
  setInterval(lookSafely, EVERY_MS).unref()
  await subscribeToSessionEndings(lookSafely)
}

/** Cuts the streams of users who have lost a session since then, or are disabled or deleted. */
export async function cutStreamsOfEndedSessions(since: Date): Promise<void> {
  const owners = streamOwners()
  if (owners.length === 0) return
  for (const userId of await endedUsers(owners, since)) letGo(userId)
}
