/** A chat's current branch as one HTML file, with its images embedded. */
import { imageIdOf } from "@/lib/chat/history"
import { messageForUser } from "@/lib/chat/messages"
import { pathTo } from "@/lib/chat/tree"
import { findConversation } from "@/lib/db/conversations"
import type { ListedRow } from "@/lib/db/listing"
import { treeOf } from "@/lib/db/messages"
import { blockOf, oneLine } from "@/lib/export/blocks"
import { escaped } from "@/lib/export/html/escape"
import { pageBegin, pageEnd } from "@/lib/export/html/page"
import { messagesOf } from "@/lib/export/messages"
import { paced } from "@/lib/export/pace"
import { readFiles } from "@/lib/files/files"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, type SentenceKey, sentence } from "@/lib/i18n/sentences"
import { imageAltText } from "@/lib/messages/image-facts"
import type { ChatMessage } from "@/lib/messages/types"
import { withEffectiveText } from "@/lib/output/answer/edits"
import { work } from "@/lib/work/work"

/** Milliseconds of CPU time for one message part. */
const PART_MS = 5_000

interface Writing {
  userId: string
  say: (key: SentenceKey, values?: Record<string, string>) => string
}

/** The file in chunks. Leaves out the models' thinking, as Markdown does. */
export async function* chatHtml(userId: string, row: ListedRow, language: Language): AsyncGenerator<string, void> {
  const say = (key: SentenceKey, values?: Record<string, string>) => renderSentence(sentence(key, values), language)
  const date = row.createdAt.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" })
  yield pageBegin(oneLine(row.title), date, language)
  const [whole, tree] = await Promise.all([findConversation(row.id, userId).catch(() => null), treeOf(row.id)])
  const path = pathTo(tree, whole?.activeLeafId ?? tree.at(-1)?.id ?? null)
  const ids = path.map(({ id }) => id)
  for await (const stored of messagesOf(row.id, ids, [])) {
    const message = withEffectiveText(messageForUser(stored))
    const own = message.role === "user"
    const who = own ? say("export:you") : (message.metadata?.model ?? say("export:answer"))
    yield `<article${own ? ` class="own"` : ""}>\n<p class="who">${escaped(oneLine(who))}</p>\n`
    for (const part of message.parts) yield await partHtml(part, message, { userId, say })
    const error = message.metadata?.error
    if (error) {
      const words = error.sentence ? renderSentence(error.sentence, language, error.message) : error.message
      yield `<blockquote><p>${escaped(oneLine(words))}</p></blockquote>\n`
    }
    yield "</article>\n"
  }
  yield pageEnd
}

async function partHtml(part: ChatMessage["parts"][number], message: ChatMessage, writing: Writing): Promise<string> {
  const { userId, say } = writing
  if (part.type === "file") return imageHtml(part.url, imageAltText(part) ?? say("export:image"), writing)
  if (part.type === "text" && message.role === "user") return `<p class="plain">${escaped(part.text)}</p>\n`
  const markdown = blockOf(part, message, { say, imageAt: () => null })
  if (!markdown) return ""
  return work("markdownHtml", { person: userId, ms: PART_MS }, markdown).catch(
    () => `<pre>${escaped(markdown)}</pre>\n`,
  )
}

async function imageHtml(url: string, name: string, { userId, say }: Writing): Promise<string> {
  const id = imageIdOf(url)
  const [file] = id === null ? [] : await paced(() => readFiles(userId, [id]))
  if (!file) return `<p><em>${escaped(say("export:image_left_out", { name }))}</em></p>\n`
  const { row, data } = file
  const size = row.width && row.height ? ` width="${row.width}" height="${row.height}"` : ""
  return `<img alt="${escaped(name)}"${size} src="data:${escaped(row.mediaType)};base64,${data.toString("base64")}">\n`
}
