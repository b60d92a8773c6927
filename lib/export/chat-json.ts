import { findConversation } from "@/lib/db/conversations"
import { foldersOf } from "@/lib/db/folders"
import type { ListedRow } from "@/lib/db/listing"
import { type MessageRow, treeOf } from "@/lib/db/messages"
import { messagesOf } from "@/lib/export/messages"
import { EXPORT_VERSION, type ExportedChat, type ExportProblem } from "@/lib/export/types"
import { blindRow } from "@/lib/messages/blind"

/** Closes the text of `chatPieces`. */
export const CHAT_END = "]}"

/** A chat as `ExportedChat`, on one line, in chunks. */
export async function* chatJson(
  userId: string,
  row: ListedRow,
  problems: ExportProblem[],
): AsyncGenerator<string, void, undefined> {
  yield* chatPieces(userId, row, problems)
  yield CHAT_END
}

/**
 * The same without its end, so that it can be closed wherever it breaks. Calls `onText` with each message as it is
 * written.
 */
export async function* chatPieces(
  userId: string,
  row: ListedRow,
  problems: ExportProblem[],
  onText: (text: string) => void = () => {},
): AsyncGenerator<string, void, undefined> {
  const head = JSON.stringify(await headOf(userId, row, problems))
  yield `${head.slice(0, -1)},"messages":[`
  // For a message after a deleted one, the tree has its current parent.
  const parents = new Map((await treeOf(row.id)).map(({ id, parentId }) => [id, parentId]))
  let separator = ""
  for await (const message of messagesOf(row.id, [...parents.keys()], problems)) {
    const text = JSON.stringify({ ...exported(message), parentId: parents.get(message.id) ?? null })
    onText(text)
    yield `${separator}${text}`
    separator = ","
  }
}

async function headOf(
  userId: string,
  row: ListedRow,
  problems: ExportProblem[],
): Promise<Omit<ExportedChat, "messages">> {
  const whole = await findConversation(row.id, userId).catch(() => {
    problems.push({ problem: "settings unreadable", chat: row.id, title: row.title })
    return null
  })
  return {
    ...{ format: "sparkler-chat", version: EXPORT_VERSION, id: row.id, title: row.title, model: row.model },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    pinnedAt: row.pinnedAt?.toISOString() ?? null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    ...{
      folderId: row.folderId,
      folder: row.folderId && ((await foldersOf(userId)).find(({ id }) => id === row.folderId)?.name ?? null),
    },
    tags: row.tags.map(({ name }) => name),
    ...(whole && { titleSource: whole.titleSource, activeLeafId: whole.activeLeafId, settings: whole.settings }),
  }
}

/** A message's row without empty values, without its chat's id, and without what a blind comparison still hides. */
function exported({ conversationId: _, ...row }: MessageRow): Record<string, unknown> {
  const kept = Object.entries(row.blind ? blindRow(row) : row).filter(
    ([name, value]) => value !== null || name === "parentId",
  )
  return Object.fromEntries(kept)
}
