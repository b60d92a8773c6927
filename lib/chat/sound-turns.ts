/**
 * Turns that every model server accepts, whatever is stored: user and assistant alternate, nothing is empty, and each
 * call has its result. Some servers refuse anything else, and the content must not be lost because of that. Pure.
 */
import type { AssistantModelMessage, ModelMessage, ToolModelMessage, UserModelMessage } from "ai"

type Parts<Message extends { content: unknown }> = Exclude<Message["content"], string>
type UserPart = Parts<UserModelMessage>[number]
type AssistantPart = Parts<AssistantModelMessage>[number]

/** Result for a call whose actual result is unknown. */
const NO_RESULT = "This tool did not finish."

/** System instructions are passed separately, at the front, so system turns are left out. */
export function normalizeTurns(messages: ModelMessage[]): ModelMessage[] {
  const sound: ModelMessage[] = []
  const ids = new Set<string>()
  for (const message of messages) {
    const last = sound.at(-1)
    if (message.role === "user") {
      const content = userParts(message)
      if (content.length === 0) continue
      // Unanswered: both messages become one turn.
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
  // Its results use the stored IDs, so other calls must not.
  for (const id of callIdsOf(open)) ids.add(id)
  return sound.flatMap((message, at) =>
    message.role === "tool" ? [] : withResults(message, resultsBehind(sound, at), message === open ? null : ids),
  )
}

/** The last assistant turn, if the user has decided on its calls: they run next. */
function openTurn(messages: ModelMessage[]): ModelMessage | undefined {
  const last = messages.findLast(({ role }) => role !== "tool")
  const results = last ? resultsBehind(messages, messages.indexOf(last)) : []
  return results.some(({ type }) => type === "tool-approval-response") ? last : undefined
}

/** IDs of the calls of a turn. */
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

/** Joins two turns; adjacent texts stay separate paragraphs. */
function joined(before: UserPart[], after: UserPart[]): UserPart[] {
  const last = before.at(-1)
  const [first, ...rest] = after
  if (last?.type !== "text" || first?.type !== "text") return [...before, ...after]
  return [...before.slice(0, -1), { ...last, text: `${last.text}\n\n${first.text}` }, ...rest]
}

type Results = ToolModelMessage["content"]

/** Results directly after a turn. */
function resultsBehind(messages: ModelMessage[], at: number): Results {
  const results: Results = []
  for (const message of messages.slice(at + 1)) {
    if (message.role !== "tool") break
    results.push(...message.content)
  }
  return results
}

/**
 * The turn and the results of its calls: each call has a unique ID, an object as arguments, and one result; a result
 * without a call is left out. `ids` is null for the turn whose calls run next.
 */
function withResults(message: ModelMessage, results: Results, ids: Set<string> | null): ModelMessage[] {
  if (message.role !== "assistant" || typeof message.content === "string") return [message]
  if (ids === null) return [message, { role: "tool", content: results }]
  const waiting = [...results]
  const answered: Results = []
  // Approval requests are no longer relevant.
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

/**
 * Arguments in the form servers accept back: anything but an object is wrapped in one, and invalid JSON is left out, as
 * the SDK does.
 */
export function asObject(input: unknown): unknown {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return input
  return input === undefined || input === null || typeof input === "string" ? {} : { input }
}
