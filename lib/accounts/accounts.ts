/** Accounts that end. Their sessions, open streams and answers end with them, at once. */
import { sessionsChanged } from "@/lib/auth/ending"
import { deleteUser, setDisabled } from "@/lib/db/people/users"
import { stopAnswersOf } from "@/lib/generation/stop"
import { removeStagesOf } from "@/lib/import/stage"
import { removeUploadsOf } from "@/lib/intake/stage"

/** Switches an account off: nobody gets in, and what is being written for it stops. False when there is none. */
export async function switchOff(userId: string): Promise<boolean> {
  const found = await setDisabled(userId, new Date())
  sessionsChanged(userId)
  await stopAnswersOf(userId)
  return found
}

/** Switches it on again: the sessions that it had count again. False when there is none. */
export async function switchOn(userId: string): Promise<boolean> {
  const found = await setDisabled(userId, null)
  sessionsChanged(userId)
  return found
}

/** Deletes an account with everything that is its own, for good. No cookie of it brings it back. False when there is none. */
export async function deleteAccount(userId: string): Promise<boolean> {
  await switchOff(userId)
  const found = await deleteUser(userId)
  await removeStagesOf(userId)
  await removeUploadsOf(userId)
  sessionsChanged(userId)
  // What was accepted in between has lost its rows; it must not go on asking a model.
  await stopAnswersOf(userId)
  return found
}
