/** Tools that a user lets run without being asked. */
import { db, type Transaction } from "@/lib/db/client"

/**
 * Whether calls of a tool run without asking in this conversation of this user. `fingerprint`: of the description of a
 * server's tool; a permission for a different description is `outdated` and doesn't count.
 */
export async function leaveFor(
  userId: string,
  { tool, fingerprint = null }: { tool: string; fingerprint?: string | null },
  conversationId: string,
): Promise<"given" | "outdated" | "none"> {
  const where = { userId, tool, OR: [{ conversationId: null }, { conversationId }] }
  const given = await db().toolPermission.findMany({ where, select: { fingerprint: true } })
  if (given.some((one) => one.fingerprint === fingerprint)) return "given"
  return given.length > 0 ? "outdated" : "none"
}

interface Permit {
  userId: string
  tool: string
  conversationId: string | null
  fingerprint?: string | null | undefined
}

/** Lets a tool run without asking from now on: everywhere, or in one conversation, which the caller has checked. */
export async function permit(
  client: Transaction,
  { userId, tool, conversationId, fingerprint = null }: Permit,
): Promise<void> {
  const id = `${userId} ${tool} ${conversationId ?? "*"}`
  await client.toolPermission.upsert({
    where: { id },
    create: { id, userId, tool, conversationId, fingerprint },
    update: { fingerprint },
  })
}

/** This user's permissions, newest first; only of conversations that are not deleted. */
export const permissionsOf = (userId: string) =>
  db().toolPermission.findMany({
    where: { userId, OR: [{ conversationId: null }, { conversation: { deletedAt: null } }] },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    select: { id: true, tool: true, createdAt: true, conversation: { select: { id: true, title: true } } },
  })

/** Revokes a permission. False if this user has none with this ID. */
export async function revokePermission(userId: string, id: string): Promise<boolean> {
  return (await db().toolPermission.deleteMany({ where: { id, userId } })).count === 1
}

/** Moves a guest's permissions to the account. */
export async function movePermissions(client: Transaction, from: string, to: string): Promise<void> {
  const rows = await client.toolPermission.findMany({ where: { userId: from } })
  await client.toolPermission.deleteMany({ where: { userId: from } })
  for (const { tool, conversationId, fingerprint } of rows)
    await permit(client, { userId: to, tool, conversationId, fingerprint })
}
