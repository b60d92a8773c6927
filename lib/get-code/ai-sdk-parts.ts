/** Converts a request body to the `streamText` options that produce it. Pure. */

import type { Body } from "@/lib/get-code/request"
import { isRecord } from "@/lib/is-record"

/** A value, or code generated with the language's literals. */
export type Setting = [name: string, value: unknown | Made]

/** Code around literals of the language. */
type Made = (literal: Literal) => string
type Literal = (value: unknown) => string

export interface AiSdkParts {
  model: string
  settings: Setting[]
  /** Members for which `streamText` has no option. */
  extra: Body
  /** Names imported from the SDK in addition to `streamText`. */
  names: string[]
}

const OPTIONS: Record<string, string> = {
  temperature: "temperature",
  top_p: "topP",
  seed: "seed",
  frequency_penalty: "frequencyPenalty",
  presence_penalty: "presencePenalty",
  max_tokens: "maxOutputTokens",
}
/** The SDK sends these automatically. */
const ITS_OWN = new Set(["model", "messages", "tools", "tool_choice", "stream", "stream_options"])

/** The options that produce this body, and the members without an option. */
export function aiSdkParts(body: Body): AiSdkParts {
  const { messages, tools } = body
  const all = Array.isArray(messages) ? messages.filter(isRecord) : []
  const first = all[0]?.role === "system" ? all[0] : undefined
  const settings: Setting[] = [
    ...(first ? [["instructions", first.content] as Setting] : []),
    ["messages", messagesOf(first ? all.slice(1) : all)],
  ]
  const extra: Body = {}
  for (const [name, value] of Object.entries(body)) {
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined
    if (option) settings.push([option, value])
    else if (name === "stop") settings.push(["stopSequences", [value].flat()])
    else if (!ITS_OWN.has(name)) extra[name] = value
  }
  const named = Array.isArray(tools) ? tools.filter(isRecord).map((one) => one.function) : []
  if (named.length > 0) settings.push(["tools", (literal: Literal) => toolsOf(named.filter(isRecord), literal)])
  return { model: String(body.model), settings, extra, names: named.length > 0 ? ["jsonSchema", "tool"] : [] }
}

function toolsOf(functions: Body[], literal: Literal): string {
  const lines = functions.map(({ name, description, parameters }) => {
    const about = description === undefined ? "" : `description: ${literal(description)}, `
    return `    ${JSON.stringify(name)}: tool({ ${about}inputSchema: jsonSchema(${literal(parameters)}) }),`
  })
  return `{\n${lines.join("\n")}\n  }`
}

function messagesOf(messages: Body[]): unknown[] {
  const tools = new Map<string, string>()
  return messages.map((message) => {
    if (message.role === "assistant") return assistant(message, tools)
    if (message.role === "tool") return toolResult(message, tools)
    const { role, content } = message
    return { role, content: Array.isArray(content) ? content.filter(isRecord).map(userPart) : content }
  })
}

const userPart = (part: Body): unknown =>
  isRecord(part.image_url) ? { type: "image", image: part.image_url.url } : { type: "text", text: part.text }

function assistant({ content, reasoning_content: thoughts, tool_calls: calls }: Body, tools: Map<string, string>) {
  const made = (Array.isArray(calls) ? calls.filter(isRecord) : []).flatMap(({ id, function: called }) => {
    if (!isRecord(called)) return []
    tools.set(String(id), String(called.name))
    return [{ type: "tool-call", toolCallId: id, toolName: called.name, input: JSON.parse(String(called.arguments)) }]
  })
  if (made.length === 0 && !thoughts) return { role: "assistant", content }
  const texts = [
    ...(thoughts ? [{ type: "reasoning", text: thoughts }] : []),
    ...(content ? [{ type: "text", text: content }] : []),
  ]
  return { role: "assistant", content: [...texts, ...made] }
}

const toolResult = ({ tool_call_id: id, content }: Body, tools: Map<string, string>) => ({
  role: "tool",
  content: [
    {
      type: "tool-result",
      toolCallId: id,
      toolName: tools.get(String(id)) ?? "tool",
      output: { type: "text", value: content },
    },
  ],
})
