import { cleanText } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"

/** The user's prompts, sorted by command. Sorted here, because collation differs between the databases. */
export const promptsOf = async (userId: string) =>
  (await db().prompt.findMany({ where: { userId } })).sort((a, b) => (a.command < b.command ? -1 : 1))

export const countPrompts = (client: Transaction, userId: string) => client.prompt.count({ where: { userId } })

export const findPrompt = (id: string, userId: string) => db().prompt.findFirst({ where: { id, userId } })

/** The user's prompt with this command, or null. */
export const promptByCommand = (userId: string, command: string) =>
  db().prompt.findFirst({ where: { userId, command: cleanText(command) } })

/** Creates a prompt. Fails if the ID is taken, or the command is in use by this user. */
export const createPrompt = (client: Transaction, row: { id: string; userId: string; command: string; text: string }) =>
  client.prompt.createMany({ data: [{ ...row, command: cleanText(row.command), text: cleanText(row.text) }] })

/** Changes a prompt of this user; false if there is none. Fails if another one has the command. */
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

/** Removes a prompt of this user; false if there is none. */
export async function deletePrompt(id: string, userId: string): Promise<boolean> {
  const { count } = await db().prompt.deleteMany({ where: { id, userId } })
  return count === 1
}
