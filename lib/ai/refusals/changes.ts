/** What can be left out of a request or said in another way, so that a server takes it. Never what the person said. */
import { isRecord } from "@/lib/is-record"

export type Body = Record<string, unknown>

export type Change =
  /** A key, whatever its value. */
  | { kind: "drop"; key: string }
  /** A key with this value; another value may be taken. */
  | { kind: "dropValue"; key: string; value: string }
  | { kind: "rename"; from: string; to: string }
  /** A number that is lowered. */
  | { kind: "cap"; key: string; most: number }
  /** The thinking of earlier answers, which some servers don't take back. */
  | { kind: "oldThinking" }
  /** Our instructions, said with the first question where there is no role for them. */
  | { kind: "systemRole" }
  /** Texts of a message as one, where a message is a text and no list. */
  | { kind: "plainContent" }
  | { kind: "tools" }
  /** Tools that must not be called: not offered is the same. */
  | { kind: "forbiddenTools" }
  /** A schema becomes plain JSON; the schema stands in the prompt as well. */
  | { kind: "schema" }
  | { kind: "responseFormat" }

const TOOL_KEYS = ["tools", "tool_choice", "parallel_tool_calls"]

function without(body: Body, keys: string[]): Body | null {
  if (!keys.some((key) => key in body)) return null
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)))
}

/** The changed body; null when there is nothing to change in it. */
export function applyChange(body: Body, change: Change): Body | null {
  switch (change.kind) {
    case "drop":
      return without(body, [change.key])
    case "dropValue":
      return JSON.stringify(body[change.key]) === change.value ? without(body, [change.key]) : null
    case "rename": {
      const { [change.from]: value, ...rest } = body
      return value === undefined || change.to in body ? null : { ...rest, [change.to]: value }
    }
    case "cap": {
      const value = body[change.key]
      return typeof value === "number" && value > change.most ? { ...body, [change.key]: change.most } : null
    }
    case "oldThinking":
      return withoutOldThinking(body)
    case "systemRole":
      return withoutSystemRole(body)
    case "plainContent":
      return withPlainContent(body)
    case "tools":
      return "tools" in body ? without(body, TOOL_KEYS) : null
    case "forbiddenTools":
      return body.tool_choice === "none" ? without(body, TOOL_KEYS) : null
    case "schema":
      return isRecord(body.response_format) && body.response_format.type === "json_schema"
        ? { ...body, response_format: { type: "json_object" } }
        : null
    case "responseFormat":
      return without(body, ["response_format"])
  }
}

function withoutOldThinking(body: Body): Body | null {
  const { messages } = body
  if (!Array.isArray(messages) || !messages.some((message) => isRecord(message) && "reasoning_content" in message))
    return null
  return {
    ...body,
    messages: messages.map((message: unknown) =>
      isRecord(message) ? (without(message, ["reasoning_content"]) ?? message) : message,
    ),
  }
}

const textsIn = (content: unknown): string[] | null => {
  if (!Array.isArray(content)) return null
  const texts = content.map((part: unknown) => (isRecord(part) && part.type === "text" ? part.text : null))
  return texts.every((text) => typeof text === "string") ? texts : null
}

function withPlainContent(body: Body): Body | null {
  const { messages } = body
  if (!Array.isArray(messages)) return null
  const plain = messages.map((message: unknown) => {
    const texts = isRecord(message) ? textsIn(message.content) : null
    return isRecord(message) && texts ? { ...message, content: texts.join("\n\n") } : message
  })
  return plain.some((message, at) => message !== messages[at]) ? { ...body, messages: plain } : null
}

function withoutSystemRole(body: Body): Body | null {
  const [first, ...rest] = Array.isArray(body.messages) ? body.messages : []
  const at = rest.findIndex((message: unknown) => isRecord(message) && message.role === "user")
  const asked: unknown = rest[at]
  if (!isRecord(first) || first.role !== "system" || typeof first.content !== "string" || !isRecord(asked)) return null
  const { content } = asked
  const told = Array.isArray(content)
    ? [{ type: "text", text: first.content }, ...content]
    : `${first.content}\n\n${String(content)}`
  return { ...body, messages: rest.with(at, { ...asked, content: told }) }
}
