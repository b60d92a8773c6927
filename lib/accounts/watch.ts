/**
 * What another process did to the users whose streams this one holds: told by the bus, and looked for where the bus was out
 * of reach, or somebody changed the database by hand.
 */
import { hearEndings, letGo } from "@/lib/auth/ending"
import { endedUsers } from "@/lib/db/people/sessions"
import { streamOwners } from "@/lib/http/held-streams"
import { logFault } from "@/lib/log"

const EVERY_MS = 5_000
/** Milliseconds that the clocks of two processes, and a transaction that is slow to end, may lie apart. */
const SLACK_MS = 2_000

/** Listens, and looks every five seconds while anybody holds a stream. */
export async function startSessionWatch(): Promise<void> {
  let since = new Date()
  const look = async () => {
    const next = new Date(Date.now() - SLACK_MS)
    await endStreamsOfEnded(since)
    // What could not be asked is asked again.
    since = next
  }
  const lookSafely = () => void look().catch((error) => logFault("sessions that ended", error))
  setInterval(lookSafely, EVERY_MS).unref()
  await hearEndings(lookSafely)
}

/** Cuts the streams of users that lost a session since then, or are switched off or no more. */
export async function endStreamsOfEnded(since: Date): Promise<void> {
  const owners = streamOwners()
  if (owners.length === 0) return
  for (const userId of await endedUsers(owners, since)) letGo(userId)
}
