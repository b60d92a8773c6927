/** Moves a guest's data to the account they sign in to. */
import { invalidateSessions } from "@/lib/auth/ending"
import { db } from "@/lib/db/client"
import {
  lockGuestAndAccount,
  type Move,
  moveAnswersToday,
  moveConversations,
  moveKey,
  moveMarks,
  movePresets,
  movePrompts,
  moveRows,
  moveUsage,
  removeGuest,
  runningJobs,
} from "@/lib/db/people/take-along"
import { moveMcpServers } from "@/lib/db/tools/mcp-servers"
import { movePermissions } from "@/lib/db/tools/permissions"
import { AppError } from "@/lib/http/errors"

/** Milliseconds. Ten thousand conversations take a while. */
const MAX_MS = 60_000

/**
 * Moves everything the guest has to the account, and removes the guest with their sessions: all or nothing. The search
 * index follows (by a trigger), and open pages of both reconnect and reload. False if either has changed. Throws
 * `account:busy` while an answer is being written for the guest.
 */
export async function mergeGuestIntoAccount(move: Move): Promise<boolean> {
  const moved = await db().$transaction(
    async (client) => {
      if (!(await lockGuestAndAccount(client, move))) return false
      // Checks that can fail come first, before anything is moved.
      const busy = (await moveConversations(client, move)) + (await runningJobs(client, move))
      if (busy > 0) throw new AppError("account:busy")
      await moveRows(client, move)
      await movePresets(client, move)
      await movePrompts(client, move)
      await moveMarks(client, move)
      await movePermissions(client, move.from, move.to)
      await moveMcpServers(client, move.from, move.to)
      await moveUsage(client, move)
      await moveAnswersToday(client, move)
      await moveKey(client, move)
      await removeGuest(client, move.from)
      return true
    },
    { timeout: MAX_MS, maxWait: MAX_MS },
  )
  if (moved) for (const userId of [move.from, move.to]) invalidateSessions(userId)
  return moved
}
