/**
 * Turns that every model server takes, whatever is stored: the person's and the model's in turns, nothing empty, each
 * call with its result. Some servers refuse anything else, and what was said must not be lost for it. Pure.
 */
import type { AssistantModelMessage, ModelMessage, ToolModelMessage, UserModelMessage } from "ai"

type Parts<Message extends { content: unknown }> = Exclude<Message["content"], string>
type UserPart = Parts<UserModelMessage>[number]
type AssistantPart = Parts<AssistantModelMessage>[number]

/** Told to the model for a call whose result is not known. */
const NO_RESULT = "This tool did not finish."

/** What a system says is told apart, in front: a turn of it in between is left out. */
export function soundTurns(messages: ModelMessage[]): ModelMessage[] {
  const sound: ModelMessage[] = []
  const ids = new Set<string>()
  for (const message of messages) {
    const last = sound.at(-1)
    if (message.role === "user") {
      const content = userParts(message)
      if (content.length === 0) continue
      // Nobody answered: what was said then and now is one turn.
      if (last?.role === "user") sound[sound.length - 1] = { ...last, content: joined(userParts(last), content) }
      else sound.push({ ...message, content })
    } else if (message.role === "assistant" && last) {
      const content = assistantParts(message)
      if (!content.some(({ type }) => type === "text" || type === "tool-call")) continue
      if (last.role === "assistant")
        sound[sound.length - 1] = { ...last, content: [...assistantParts(last), ...content] }
      else sound.push({ ...message, content })
    } else if (message.role === "tool" && last) sound.push(message)
  }
  const open = openTurn(sound)
  // Its results come by the ids that are stored: others make way for them.
  for (const id of callIdsOf(open)) ids.add(id)
  return sound.flatMap((message, at) =>
    message.role === "tool" ? [] : withResults(message, resultsBehind(sound, at), message === open ? null : ids),
  )
}

/** The model's last turn, when the person has said whether its calls may run: they run next. */
function openTurn(messages: ModelMessage[]): ModelMessage | undefined {
  const last = messages.findLast(({ role }) => role !== "tool")
  const results = last ? resultsBehind(messages, messages.indexOf(last)) : []
  return results.some(({ type }) => type === "tool-approval-response") ? last : undefined
}

/** Ids of the calls of a turn. */
export const callIdsOf = (message: ModelMessage | undefined): string[] =>
  message?.role !== "assistant" || typeof message.content === "string"
    ? []
    : message.content.flatMap((part) => (part.type === "tool-call" ? [part.toolCallId] : []))

const hasText = (part: { type: string; text?: string }) =>
  (part.type !== "text" && part.type !== "reasoning") || part.text?.trim() !== ""

const userParts = ({ content }: UserModelMessage): UserPart[] =>
  (typeof content === "string" ? [{ type: "text" as const, text: content }] : content).filter(hasText)

const assistantParts = ({ content }: AssistantModelMessage): AssistantPart[] =>
  (typeof content === "string" ? [{ type: "text" as const, text: content }] : content).filter(hasText)

/** Two turns as one; words that meet stay paragraphs of their own. */
function joined(before: UserPart[], after: UserPart[]): UserPart[] {
  const last = before.at(-1)
  const [first, ...rest] = after
  if (last?.type !== "text" || first?.type !== "text") return [...before, ...after]
  return [...before.slice(0, -1), { ...last, text: `${last.text}\n\n${first.text}` }, ...rest]
}

type Results = ToolModelMessage["content"]

/** Results that stand directly behind a turn. */
function resultsBehind(messages: ModelMessage[], at: number): Results {
  const results: Results = []
  for (const message of messages.slice(at + 1)) {
    if (message.role !== "tool") break
    results.push(...message.content)
  }
  return results
}

/**
 * The turn, and the results of its calls: each call has an id that no other has, arguments that are an object, and one
 * result; a result without a call is left out. `ids` is null for the turn whose calls run next.
 */
function withResults(message: ModelMessage, results: Results, ids: Set<string> | null): ModelMessage[] {
  if (message.role !== "assistant" || typeof message.content === "string") return [message]
  if (ids === null) return [message, { role: "tool", content: results }]
  const waiting = [...results]
  const answered: Results = []
  // What the person was asked is over.
  const said = message.content.filter(({ type }) => type !== "tool-approval-request")
  const content = said.map((part) => {
    if (part.type !== "tool-call") return part
    const { toolCallId, toolName } = part
    const id = uniqueId(toolCallId, ids)
    const at = waiting.findIndex((result) => result.type === "tool-result" && result.toolCallId === toolCallId)
    const [result] = at < 0 ? [] : waiting.splice(at, 1)
    answered.push(
      result?.type === "tool-result"
        ? { ...result, toolCallId: id }
        : { type: "tool-result", toolCallId: id, toolName, output: { type: "error-text", value: NO_RESULT } },
    )
    return { ...part, toolCallId: id, input: asObject(part.input) }
  })
  return [{ ...message, content }, ...(answered.length > 0 ? [{ role: "tool" as const, content: answered }] : [])]
}

function uniqueId(id: string, ids: Set<string>): string {
  let unique = id || "call"
  for (let n = 2; ids.has(unique); n++) unique = `${id || "call"}-${n}`
  ids.add(unique)
  return unique
}

/** Arguments as servers take them back: what was no object is kept in one, and what was no JSON is left out, as the SDK does. */
export function asObject(input: unknown): unknown {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return input
  return input === undefined || input === null || typeof input === "string" ? {} : { input }
}
