/** MCP servers added by users. */
import { db, type Transaction } from "@/lib/db/client"
import type { McpServer } from "@/lib/db/generated/sqlite/client"

export type McpServerRow = McpServer

/** This user's servers, in the order they were added. */
export const mcpServersOf = (userId: string): Promise<McpServerRow[]> =>
  db().mcpServer.findMany({ where: { userId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] })

/** A server of this user; null for any other. */
export const findMcpServer = (userId: string, id: string): Promise<McpServerRow | null> =>
  db().mcpServer.findFirst({ where: { id, userId } })

/** Rejects with a unique violation if this user already has one with this name. */
export const addMcpServer = (row: Pick<McpServerRow, "id" | "userId" | "name" | "url" | "sealed">) =>
  db().mcpServer.create({ data: row })

/** Changes a server of this user. False if there is none. Rejects like `addMcpServer`. */
export async function changeMcpServer(
  userId: string,
  id: string,
  data: Partial<Pick<McpServerRow, "name" | "url" | "sealed" | "enabled">>,
): Promise<boolean> {
  const { count } = await db().mcpServer.updateMany({ where: { id, userId }, data: { ...data, updatedAt: new Date() } })
  return count === 1
}

/** Stores what the server issued, if its row is unchanged since it was read. False if it isn't. */
export async function storeSealed(row: McpServerRow, sealed: string | null): Promise<boolean> {
  const { id, userId, sealed: before } = row
  const { count } = await db().mcpServer.updateMany({ where: { id, userId, sealed: before }, data: { sealed } })
  return count === 1
}

/** False if this user has none with this ID. */
export async function removeMcpServer(userId: string, id: string): Promise<boolean> {
  return (await db().mcpServer.deleteMany({ where: { id, userId } })).count === 1
}

/** Moves a guest's servers to the account; one whose name the account also has gets a number. */
export async function moveMcpServers(client: Transaction, from: string, to: string): Promise<void> {
  const own = await client.mcpServer.findMany({ where: { userId: to }, select: { name: true } })
  const taken = new Set(own.map(({ name }) => name))
  for (const { id, name } of await client.mcpServer.findMany({ where: { userId: from } })) {
    let free = name
    for (let number = 2; taken.has(free); number++) free = `${name} ${number}`
    taken.add(free)
    await client.mcpServer.update({ where: { id }, data: { userId: to, name: free } })
  }
}
