/** Streams of a model server, and what the SDK gets from them. */

import { wordsOf } from "@/lib/ai/upstream/upstream-words"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import { WireReader } from "@/lib/ai/wire/reader"

export const head = { id: "1", object: "chat.completion.chunk", created: 1, model: "m" }
export const chunk = (delta: unknown, more: object = {}) => ({ ...head, choices: [{ index: 0, delta, ...more }] })
export const data = (value: unknown) => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`
export const text = (content: string) => data(chunk({ content }, { finish_reason: null }))
export const stop = data(chunk({}, { finish_reason: "stop" }))
export const END = `${stop}data: [DONE]\n\n`

interface Read {
  text: string
  thinking: string
  calls: Record<string, { name: string; args: string }>
  finish: string | null
  error: string | undefined
  usage: unknown
  done: boolean
}

/** What the SDK gets if the stream is split into pieces of this length. */
export function read(stream: string, length = stream.length, budget = new AnswerBudget()): Read {
  const out: Read = { text: "", thinking: "", calls: {}, finish: null, error: undefined, usage: undefined, done: false }
  const reader = new WireReader((item) => {
    if ("kind" in item) out[item.kind === "text" ? "text" : "thinking"] += item.text
    else take(item.data, out)
  }, budget)
  for (let at = 0; at < stream.length; at += length) reader.feed(stream.slice(at, at + length))
  reader.end(false)
  return { ...out, done: reader.done }
}

function take(json: string, out: Read): void {
  const event = JSON.parse(json)
  out.usage = event.usage ?? out.usage
  if (event.error) out.error = wordsOf(event.error)
  const [choice] = event.choices ?? []
  out.finish = choice?.finish_reason ?? out.finish
  for (const { id, function: called } of choice?.delta?.tool_calls ?? []) {
    const { name, args } = out.calls[id] ?? { name: "", args: "" }
    out.calls[id] = { name: name + (called.name ?? ""), args: args + called.arguments }
  }
}

export const fragment = (call: object) => data(chunk({ tool_calls: [call] }))
export const fn = (name: string | null, args: unknown) => ({ function: { ...(name && { name }), arguments: args } })
