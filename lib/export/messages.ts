/** The messages of a chat, a few at a time: what can't be read is named, and the rest comes. */
import { type MessageRow, messagesByIds } from "@/lib/db/messages"
import { paced } from "@/lib/export/pace"
import type { ExportProblem } from "@/lib/export/types"

/** Messages that are in memory at once. */
const AT_ONCE = 20

/** These messages in their order. Those that can't be read go to `problems`. */
export async function* messagesOf(
  chat: string,
  ids: string[],
  problems: ExportProblem[],
): AsyncGenerator<MessageRow, void, undefined> {
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const asked = ids.slice(from, from + AT_ONCE)
    const rows = await paced(() => messagesByIds(chat, asked).catch(() => oneByOne(chat, asked)))
    const known = new Map(rows.map((row) => [row.id, row]))
    for (const id of asked) {
      const row = known.get(id)
      if (row) yield row
      else problems.push({ problem: "message unreadable", chat, message: id })
    }
  }
}

async function oneByOne(chat: string, ids: string[]): Promise<MessageRow[]> {
  const rows: MessageRow[] = []
  for (const id of ids) rows.push(...(await messagesByIds(chat, [id]).catch(() => [])))
  return rows
}
