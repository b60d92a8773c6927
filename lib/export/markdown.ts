/** A chat's shown branch as Markdown, for people. */
import { imageIdOf } from "@/lib/chat/history"
import { toldMessage } from "@/lib/chat/messages"
import { pathTo } from "@/lib/chat/tree"
import { findConversation } from "@/lib/db/conversations"
import type { ListedRow } from "@/lib/db/listing"
import { treeOf } from "@/lib/db/messages"
import { messagesOf } from "@/lib/export/messages"
import type { ExportProblem } from "@/lib/export/types"
import type { Language } from "@/lib/i18n/language"
import { inWords, type SentenceKey, sentence } from "@/lib/i18n/sentences"
import type { ChatMessage } from "@/lib/messages/types"

interface Options {
  language: Language
  /** Where an image of this id lies, as seen from the file; null: it doesn't come along. */
  imagePath: (id: string) => string | null
  problems: ExportProblem[]
}

/** The chat in pieces. What the models thought is left out, as in shares. */
export async function* chatMarkdown(
  userId: string,
  row: ListedRow,
  { language, imagePath, problems }: Options,
): AsyncGenerator<string, void, undefined> {
  const say = (key: SentenceKey, values?: Record<string, string>) => inWords(sentence(key, values), language)
  yield `# ${oneLine(row.title)}\n\n${row.createdAt.toISOString().slice(0, 10)}\n`
  const [whole, tree] = await Promise.all([findConversation(row.id, userId).catch(() => null), treeOf(row.id)])
  const path = pathTo(tree, whole?.activeLeafId ?? tree.at(-1)?.id ?? null)
  const ids = path.map(({ id }) => id)
  for await (const stored of messagesOf(row.id, ids, problems)) {
    const message = toldMessage(stored)
    const who = message.role === "user" ? say("export:you") : (message.metadata?.model ?? say("export:answer"))
    const blocks = message.parts.flatMap((part) => blockOf(part, message, { say, imagePath }) ?? [])
    const error = message.metadata?.error
    if (error)
      blocks.push(`> ${oneLine(error.sentence ? inWords(error.sentence, language, error.message) : error.message)}`)
    yield `\n## ${oneLine(who)}\n\n${blocks.join("\n\n")}\n`
  }
}

interface Telling extends Pick<Options, "imagePath"> {
  say: (key: SentenceKey, values?: Record<string, string>) => string
}

/** A part of a message; null where there is nothing to read. */
function blockOf(part: ChatMessage["parts"][number], { metadata, role }: ChatMessage, telling: Telling): string | null {
  const { say, imagePath } = telling
  if (part.type === "text") return metadata?.output && role === "assistant" ? fenced(part.text, "json") : part.text
  if (part.type === "file") {
    const id = imageIdOf(part.url)
    const name = oneLine(part.filename ?? say("export:image"))
    const path = id && imagePath(id)
    return path ? `![${escaped(name)}](${path})` : `*${escaped(say("export:image_left_out", { name }))}*`
  }
  if (part.type === "data-text-file") return `**${escaped(oneLine(part.data.name))}**\n\n${fenced(part.data.text)}`
  if (part.type === "dynamic-tool" || part.type.startsWith("tool-")) return toolOf(part)
  return null
}

function toolOf(part: ChatMessage["parts"][number]): string | null {
  if (!("toolCallId" in part)) return null
  const name = part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length)
  const output = part.state === "output-available" ? part.output : part.state === "output-error" ? part.errorText : null
  const pieces = [part.input, output].filter((value) => value !== undefined && value !== null)
  return [`**${escaped(name)}**`, ...pieces.map((value) => fenced(JSON.stringify(value, null, 2), "json"))].join("\n\n")
}

/** A fence that the text can't end. */
function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim()
const escaped = (text: string) => text.replace(/[\\`*_[\]<>]/g, "\\$&")
