/** A share as text: Markdown for people at a terminal, JSON for programs. */
import { imageIdOf } from "@/lib/chat/history"
import { blockOf, fenced, oneLine } from "@/lib/export/blocks"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, type SentenceKey, sentence } from "@/lib/i18n/sentences"
import type { SharedConversation } from "@/lib/share/open"

const CHARACTERS_OF_DESCRIPTION = 200
/** Control characters that a terminal would interpret: the author may be anyone. */
const COMMANDS = /[^\P{Cc}\n\t]/gu

/** Everything the page shows. Images are linked at `origin`. */
export function shareAsMarkdown(
  share: SharedConversation,
  { language, origin }: { language: Language; origin: string },
): string {
  const say = (key: SentenceKey, values?: Record<string, string>) => renderSentence(sentence(key, values), language)
  const { title, createdAt, authorName, systemPrompt, messages, compared } = share
  const by = authorName ? ` · ${oneLine(authorName)}` : ""
  const head = [`# ${oneLine(title)}`, `${createdAt.slice(0, 10)}${by}`]
  if (systemPrompt) head.push(`**${say("export:system_prompt")}**`, fenced(systemPrompt))
  const imageAt = (url: string) => (imageIdOf(url.split("?")[0] ?? "") ? new URL(url, origin).href : null)
  const blocks = [...messages, ...compared].flatMap((message) => {
    const who = message.role === "user" ? say("export:you") : (message.metadata?.model ?? say("export:answer"))
    const parts = message.parts.flatMap((part) => blockOf(part, message, { say, imageAt, thinking: true }) ?? [])
    return [`## ${oneLine(who)}`, ...parts]
  })
  return `${[...head, ...blocks].join("\n\n")}\n`.replace(COMMANDS, "")
}

/** The same for programs. */
export function shareAsJson(share: SharedConversation, origin: string) {
  const { title, createdAt, authorName, systemPrompt, messages, compared } = share
  const plain = ({ id, role, parts, metadata }: SharedConversation["messages"][number]) => ({
    ...{ id, role, createdAt: metadata?.createdAt ?? null, model: metadata?.model ?? null },
    ...(metadata?.output && { output: metadata.output }),
    parts: parts.map((part) => (part.type === "file" ? { ...part, url: new URL(part.url, origin).href } : part)),
  })
  return {
    ...{ format: "sparkler-share", version: 1, title, sharedAt: createdAt, author: authorName, systemPrompt },
    messages: messages.map(plain),
    ...(compared.length > 0 && { compared: compared.map(plain) }),
  }
}

/** The first words of a share, for messengers and search engines; "" if there are none. */
export function firstWords({ messages, compared }: SharedConversation): string {
  const all = [...messages, ...compared]
  const text = (role: string) =>
    all
      .filter((message) => message.role === role)
      .flatMap(({ parts }) => parts.flatMap((part) => (part.type === "text" ? [part.text] : [])))
      .find((words) => words.trim() !== "")
  const plain = (text("assistant") ?? text("user") ?? "")
    .slice(0, 2_000)
    .replace(/```[^`]*```/g, " ")
    .replace(/!?\[([^\]]{0,200})\]\([^)]{0,500}\)/g, "$1")
    .replace(/[#*_`>|~]+/g, " ")
    .replace(/\s+/g, " ")
    .trim()
  const letters = [...plain]
  return letters.length > CHARACTERS_OF_DESCRIPTION
    ? `${letters
        .slice(0, CHARACTERS_OF_DESCRIPTION - 1)
        .join("")
        .trimEnd()}…`
    : plain
}
