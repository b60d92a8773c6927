/** Merges several quoted answers into one: their content, each paragraph once. */
import { MERGE_TASK } from "@/lib/ai/prompts/merge"
import { type CompletionRequest, lastUser, type WireMessage } from "@/lib/demo/protocol/wire"

/** The request without the task, and the answers quoted in it; null if there is nothing to merge. */
export function mergeIn(body: CompletionRequest): { body: CompletionRequest; answers: string[] } | null {
  const asked = lastUser(body)
  const items = Array.isArray(asked?.content) ? asked.content : [{ type: "text" as const, text: asked?.content ?? "" }]
  const texts = items.flatMap((item) => (item.type === "text" ? [item.text] : []))
  const task = texts.find((text) => text.includes(MERGE_TASK))
  if (!asked || task === undefined) return null
  const at = task.indexOf(MERGE_TASK)
  const left = items.map((item) =>
    item.type === "text" && item.text === task ? { ...item, text: task.slice(0, at).trim() } : item,
  )
  const message: WireMessage = { ...asked, content: left }
  const messages = body.messages.map((one) => (one === asked ? message : one))
  const answers = Array.from(
    task.slice(at).matchAll(/<(quoted-answers-\d+) n="\d+">\n([\s\S]*?)\n<\/\1>/g),
    ([, , text = ""]) => text,
  )
  return { body: { ...body, messages }, answers }
}

/** Their paragraphs in order, without duplicates. */
export const mergedText = (answers: string[]): string =>
  [...new Set(answers.flatMap((answer) => answer.split(/\n{2,}/).map((paragraph) => paragraph.trim())))]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n")
