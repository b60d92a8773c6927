import { cleanText } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"

/** The user's prompts, by their commands. Ordered here: each database has its own order of letters. */
export const promptsOf = async (userId: string) =>
  (await db().prompt.findMany({ where: { userId } })).sort((a, b) => (a.command < b.command ? -1 : 1))

export const countPrompts = (client: Transaction, userId: string) => client.prompt.count({ where: { userId } })

export const findPrompt = (id: string, userId: string) => db().prompt.findFirst({ where: { id, userId } })

/** The user's prompt of this command, or null. */
export const promptByCommand = (userId: string, command: string) =>
  db().prompt.findFirst({ where: { userId, command: cleanText(command) } })

/** Makes a prompt. Fails when the id is taken, or the command among this user's. */
export const createPrompt = (client: Transaction, row: { id: string; userId: string; command: string; text: string }) =>
  client.prompt.createMany({ data: [{ ...row, command: cleanText(row.command), text: cleanText(row.text) }] })

/** Changes a prompt of this user; false when there is none. Fails when another one has the command. */
export async function updatePrompt(
  id: string,
  userId: string,
  { command, text }: { command?: string; text?: string },
): Promise<boolean> {
  const { count } = await db().prompt.updateMany({
    where: { id, userId },
    data: {
      ...(command === undefined ? {} : { command: cleanText(command) }),
      ...(text === undefined ? {} : { text: cleanText(text) }),
    },
  })
  return count === 1
}

/** Removes a prompt of this user; false when there is none. */
export async function deletePrompt(id: string, userId: string): Promise<boolean> {
  const { count } = await db().prompt.deleteMany({ where: { id, userId } })
  return count === 1
}
