/** The end of a session: at once, wherever it is in use in this process. */
import { z } from "zod"
import { forgetSessions } from "@/lib/auth/sessions"
import { topicOf } from "@/lib/bus/topic"
import { db } from "@/lib/db/client"
import { revokeSessionRow, revokeSessionRows } from "@/lib/db/people/sessions"
import { cutStreams } from "@/lib/http/held-streams"

/**
 * Revokes a session of this user; false when there is none that counts. Answers go on: they are the person's, who may have
 * other sessions.
 */
export async function endSession(id: string, userId: string): Promise<boolean> {
  const ended = await revokeSessionRow(id, userId)
  sessionsChanged(userId)
  return ended
}

/** Revokes all sessions of this user, or all but one. Returns how many. */
export async function endSessions(userId: string, except: string | null = null): Promise<number> {
  const count = await revokeSessionRows(db(), userId, except)
  sessionsChanged(userId)
  return count
}

const changes = () => topicOf("sessions", z.object({ userId: z.string() }))

/**
 * What was known of this user's sessions is asked for anew, in every process: open streams are cut, and pages whose session
 * still counts come back by themselves.
 */
export function sessionsChanged(userId: string): void {
  letGo(userId)
  void changes().publish({ userId })
}

/** Hears of sessions that ended in other processes. Returns how to hear no more. */
export const hearEndings = (missed: () => void): Promise<() => void> =>
  changes().subscribe(({ userId }) => letGo(userId), missed)

/** In this process. */
export function letGo(userId: string): void {
  forgetSessions()
  cutStreams(userId)
}
