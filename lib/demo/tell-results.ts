/** Describes tool results: objects as facts, lists of objects as a table, anything else unchanged. */

import { cell } from "@/lib/demo/markdown"
import { textOf, type WireMessage } from "@/lib/demo/protocol/wire"
import { describeOwnResult } from "@/lib/demo/server-tools"
import { isRecord } from "@/lib/is-record"

/** Results of tools that have no answer yet, with their calls. */
export function openResults(messages: WireMessage[]): { name: string; args: string; content: string }[] {
  const lastAnswer = messages.findLastIndex(
    ({ role, tool_calls }) => role === "user" || (role === "assistant" && !tool_calls?.length),
  )
  const recent = messages.slice(lastAnswer + 1)
  const calls = recent.flatMap(({ tool_calls }) => tool_calls ?? [])
  return recent.flatMap((message) => {
    const call = message.role === "tool" ? calls.find(({ id }) => id === message.tool_call_id) : undefined
    return call ? [{ name: call.function.name, args: call.function.arguments, content: textOf(message) }] : []
  })
}

/** An answer written from the results. */
export function describeResults(results: ReturnType<typeof openResults>): string {
  return results.map(({ name, args, content }) => tell(name, argumentsIn(args), content)).join("\n\n")
}

function argumentsIn(args: string): string {
  const parsed = parse(args)
  return isRecord(parsed) ? Object.values(parsed).join(", ") : ""
}

/** What an app quotes from an outside source, without the note around it. */
const QUOTED = /^[^\n]*\n<(tool-result[\w-]*)>\n([\s\S]*)\n<\/\1>$/

function tell(name: string, asked: string, told: string): string {
  const own = describeOwnResult(name, parse(told), told)
  if (own !== null) return own
  const content = QUOTED.exec(told)?.[2] ?? told
  const value = parse(content)
  const problem = problemIn(name, value, content)
  if (problem) return `${subjectOf(name, asked)} ${problem}`
  const heading = `**\`${name}\`${asked ? ` for ${asked}` : ""}**`
  if (!isRecord(value) && !Array.isArray(value)) return `${heading} says: ${content}`
  if (Array.isArray(value)) return `${heading} gave:\n\n${table(value.filter(isRecord).slice(0, MAX_ROWS))}`
  const facts = leaves(value).filter(([path]) => !INCIDENTAL.test(path))
  const said = facts.slice(0, MAX_FACTS).map(([path, fact]) => `${path.split(" · ").at(-1)} **${String(fact).trim()}**`)
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  const [only] = lists
  // If there is only a list, it is the answer.
  if (said.length === 0 && only && isRecord(only[1][0]))
    return `${heading} gave ${only[0]}:\n\n${table(only[1].filter(isRecord).slice(0, MAX_ROWS))}`
  const also = lists.map(([key, members]) => (members.length === 1 ? `one of ${key}` : `${members.length} ${key}`))
  return `${heading}: ${said.join(", ") || "done"}.${also.length > 0 ? ` It also gave ${also.join(" and ")}.` : ""}`
}

/** Sparkler's own tools return an object, so plain text from them is an error message. */
const OWN_SUBJECTS = new Map([
  ["get_weather", "the weather"],
  ["calculate", "the result"],
  ["current_time", "the time"],
  ["read_web_page", "the page"],
  ["search_web", "results"],
  ["wikipedia", "the article"],
])

const subjectOf = (name: string, asked: string) => {
  const own = OWN_SUBJECTS.get(name)
  const what = own ? `I couldn't get ${own}` : `\`${name}\` didn't work`
  return `${what}${asked ? ` for ${asked}` : ""}.`
}

/** What went wrong, in plain words without the names of error classes; null if nothing did. */
function problemIn(name: string, value: unknown, content: string): string | null {
  if (isRecord(value)) {
    const { error } = value
    const text = isRecord(error) ? error.message : error
    return typeof text === "string" && text ? sentence(text) : null
  }
  return ERROR_NAME.test(content) || OWN_SUBJECTS.has(name) ? sentence(content.replace(ERROR_NAME, "")) : null
}

const ERROR_NAME = /^(?:uncaught )?(?:[\w.]*(?:error|exception)|error \w+)(?: \[\w+\])?:\s*/i

const sentence = (text: string) => {
  const said = text.replace(ERROR_NAME, "").trim()
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?…]$/.test(said) ? "" : "."}`
}

const MAX_ROWS = 7
const MAX_FACTS = 8
/** Members of little interest to a user. */
const INCIDENTAL = /latitude|longitude|timezone|\bid\b|\bcode\b|source|url|\btime\b|country|region/i

const titled = (key: string) =>
  key
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/_/g, " ")
    .replace(/^./, (letter) => letter.toUpperCase())

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The scalar values of an object, named by their path; lists are left out. */
function leaves(value: Record<string, unknown>, prefix = ""): [string, string | number | boolean][] {
  return Object.entries(value).flatMap(([key, member]): [string, string | number | boolean][] => {
    const path = prefix ? `${prefix} · ${titled(key)}` : titled(key)
    if (isRecord(member)) return leaves(member, path)
    return typeof member === "string" || typeof member === "number" || typeof member === "boolean"
      ? [[path, member]]
      : []
  })
}

function table(rows: Record<string, unknown>[]): string {
  const flat = rows.map((row) => Object.fromEntries(leaves(row)))
  const columns = Object.keys(flat[0] ?? {})
  const line = (cells: string[]) => `| ${cells.map(cell).join(" | ")} |`
  return [
    line(columns),
    line(columns.map(() => "---")),
    ...flat.map((row) => line(columns.map((column) => String(row[column] ?? "")))),
  ].join("\n")
}
