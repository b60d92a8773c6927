/** A chat's current branch as Markdown for people to read. */
import { imageIdOf } from "@/lib/chat/history"
import { messageForUser } from "@/lib/chat/messages"
import { pathTo } from "@/lib/chat/tree"
import { findConversation } from "@/lib/db/conversations"
import type { ListedRow } from "@/lib/db/listing"
import { treeOf } from "@/lib/db/messages"
import { blockOf, oneLine } from "@/lib/export/blocks"
import { messagesOf } from "@/lib/export/messages"
import type { ExportProblem } from "@/lib/export/types"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, type SentenceKey, sentence } from "@/lib/i18n/sentences"
import { withEffectiveText } from "@/lib/output/answer/edits"

interface Options {
  language: Language
  /** Path of an image or document, relative to the file; null: it isn't included. */
  imagePath: (id: string) => string | null
  problems: ExportProblem[]
}

/** The chat in chunks. Leaves out the models' thinking, as shares do. */
export async function* chatMarkdown(
  userId: string,
  row: ListedRow,
  { language, imagePath, problems }: Options,
): AsyncGenerator<string, void, undefined> {
  const say = (key: SentenceKey, values?: Record<string, string>) => renderSentence(sentence(key, values), language)
  yield `# ${oneLine(row.title)}\n\n${row.createdAt.toISOString().slice(0, 10)}\n`
  const [whole, tree] = await Promise.all([findConversation(row.id, userId).catch(() => null), treeOf(row.id)])
  const path = pathTo(tree, whole?.activeLeafId ?? tree.at(-1)?.id ?? null)
  const ids = path.map(({ id }) => id)
  const imageAt = (url: string) => {
    const id = imageIdOf(url)
    return id && imagePath(id)
  }
  for await (const stored of messagesOf(row.id, ids, problems)) {
    const message = withEffectiveText(messageForUser(stored))
    const who = message.role === "user" ? say("export:you") : (message.metadata?.model ?? say("export:answer"))
    const blocks = message.parts.flatMap(
      (part) => blockOf(part, message, { say, imageAt, documentAt: imagePath }) ?? [],
    )
    const error = message.metadata?.error
    if (error)
      blocks.push(
        `> ${oneLine(error.sentence ? renderSentence(error.sentence, language, error.message) : error.message)}`,
      )
    yield `\n## ${oneLine(who)}\n\n${blocks.join("\n\n")}\n`
  }
}
