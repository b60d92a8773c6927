/** What can be left out of a request or expressed differently so that a server accepts it. Never the user's words. */
import { isRecord } from "@/lib/is-record"

export type Body = Record<string, unknown>

export type Change =
  /** Removes a key, whatever its value. */
  | { kind: "drop"; key: string }
  /** Removes a key with this value; another value may be accepted. */
  | { kind: "dropValue"; key: string; value: string }
  | { kind: "rename"; from: string; to: string }
  /** Lowers a number. */
  | { kind: "cap"; key: string; most: number }
  /** Removes the reasoning of earlier answers, which some servers don't accept back. */
  | { kind: "oldThinking" }
  /** Moves our instructions into the first question, if there is no role for them. */
  | { kind: "systemRole" }
  /** Joins the texts of a message, if a message must be a string instead of a list. */
  | { kind: "plainContent" }
  | { kind: "tools" }
  /** Removes tools that must not be called, which has the same effect as forbidding them. */
  | { kind: "forbiddenTools" }
  /** Replaces a schema with plain JSON; the schema is also in the prompt. */
  | { kind: "schema" }
  | { kind: "responseFormat" }

const TOOL_KEYS = ["tools", "tool_choice", "parallel_tool_calls"]

function without(body: Body, keys: string[]): Body | null {
  if (!keys.some((key) => key in body)) return null
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)))
}

/** The changed body; null if nothing in it can be changed that way. */
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
