/** Ends sessions: immediately, wherever they are in use. */
import { z } from "zod"
import { clearSessionCache } from "@/lib/auth/sessions"
import { topicOf } from "@/lib/bus/topic"
import { db } from "@/lib/db/client"
import { revokeSessionRow, revokeSessionRows } from "@/lib/db/people/sessions"
import { closeStreams } from "@/lib/http/held-streams"

/**
 * Revokes a session of this user; false if there is no such valid session. Answers continue: they belong to the user,
 * who may have other sessions.
 */
export async function endSession(id: string, userId: string): Promise<boolean> {
  const ended = await revokeSessionRow(id, userId)
  invalidateSessions(userId)
  return ended
}

/** Revokes all of this user's sessions, or all but one. Returns how many. */
export async function endSessions(userId: string, except: string | null = null): Promise<number> {
  const count = await revokeSessionRows(db(), userId, except)
  invalidateSessions(userId)
  return count
}

const changes = () => topicOf("sessions", z.object({ userId: z.string() }))

/**
 * Invalidates cached sessions of this user in every process: open streams are cut, and pages with a valid session
 * reconnect automatically.
 */
export function invalidateSessions(userId: string): void {
  letGo(userId)
  void changes().publish({ userId })
}

/**
 * Subscribes to sessions ended by other processes; `missed` is called if messages may have been missed. Resolves with
 * an unsubscribe function.
 */
export const subscribeToSessionEndings = (missed: () => void): Promise<() => void> =>
  changes().subscribe(({ userId }) => letGo(userId), missed)

/** Clears this process's session cache, and cuts this user's streams in it. */
export function letGo(userId: string): void {
  clearSessionCache()
  closeStreams(userId)
}
