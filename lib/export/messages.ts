/** Reads the messages of a chat in batches. Unreadable ones are reported, and the rest is returned. */
import { type MessageRow, messagesByIds } from "@/lib/db/messages"
import { paced } from "@/lib/export/pace"
import type { ExportProblem } from "@/lib/export/types"

/** Messages in memory at once. */
const AT_ONCE = 20

/** These messages in order. Those that can't be read are added to `problems`. */
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
