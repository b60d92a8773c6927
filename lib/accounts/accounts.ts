/** Disables and deletes accounts. Their sessions, open streams, and running answers end immediately. */
import { invalidateSessions } from "@/lib/auth/ending"
import { deleteUser, setDisabled } from "@/lib/db/people/users"
import { stopAnswersOf } from "@/lib/generation/stop"
import { removeStagesOf } from "@/lib/import/stage"
import { removeUploadsOf } from "@/lib/intake/stage"

/** Disables an account: nobody can sign in, and running answers are stopped. False if it doesn't exist. */
export async function switchOff(userId: string): Promise<boolean> {
  const found = await setDisabled(userId, new Date())
  invalidateSessions(userId)
  await stopAnswersOf(userId)
  return found
}

/** Enables it again: its earlier sessions become valid again. False if it doesn't exist. */
export async function switchOn(userId: string): Promise<boolean> {
  const found = await setDisabled(userId, null)
  invalidateSessions(userId)
  return found
}

/** Permanently deletes an account with all its data. None of its cookies can restore it. False if it doesn't exist. */
export async function deleteAccount(userId: string): Promise<boolean> {
  await switchOff(userId)
  const found = await deleteUser(userId)
  await removeStagesOf(userId)
  await removeUploadsOf(userId)
  invalidateSessions(userId)
  // Answers accepted in the meantime have lost their rows; they must not keep requesting a model.
  await stopAnswersOf(userId)
  return found
}
