/** Which tool fits a question, the arguments for it, and words for what it gave back. */
import { fillSchema } from "@/lib/ai/demo/fill"
import { placesAskedFor } from "@/lib/ai/demo/places"
import type { CompletionRequest, Reply, WireMessage, WireTool } from "@/lib/ai/demo/wire"
import { textOf } from "@/lib/ai/demo/wire"
import { wordsOf } from "@/lib/ai/demo/words"

const MOST_PARALLEL = 4
const GENERIC = new Set([
  "get",
  "set",
  "the",
  "for",
  "and",
  "current",
  "next",
  "list",
  "make",
  "with",
  "from",
  "location",
  "name",
  "city",
  "any",
  "give",
  "its",
  "this",
  "that",
])

/** The calls that the question asks for; none when no tool fits or the choice is none. */
export function chooseCalls(request: CompletionRequest, question: string): Reply["calls"] {
  const { tools = [], tool_choice: choice = "auto" } = request
  if (tools.length === 0 || choice === "none") return undefined
  const named =
    typeof choice === "object" ? tools.find((tool) => tool.function.name === choice.function.name) : undefined
  const must = choice === "required" || choice === "any"
  const tool = named ?? best(tools, question, must)
  return tool && callsOf(tool, question)
}

function best(tools: WireTool[], question: string, must: boolean): WireTool | undefined {
  const asked = new Set(stems(question))
  const scored = tools.map((tool) => {
    const { name, description = "" } = tool.function
    const inName = stems(name).filter((word) => asked.has(word)).length
    const inDescription = stems(description).filter((word) => asked.has(word)).length
    return { tool, score: inName * 2 + inDescription }
  })
  const [first] = scored.sort((a, b) => b.score - a.score)
  return first && (must || first.score >= 2) ? first.tool : undefined
}

const stems = (text: string) =>
  [...new Set(wordsOf(text.replace(/[_-]/g, " ")).map((word) => word.toLowerCase().replace(/(ies|s)$/, "")))].filter(
    (word) => word.length > 2 && !GENERIC.has(word),
  )

/** One call, or one for each place when the tool wants a single text such as a city. */
function callsOf({ function: { name, parameters } }: WireTool, question: string): Reply["calls"] {
  const properties = Object.entries(parameters.properties ?? {})
  const [only] = properties
  const places = placesAskedFor(question)
  if (only && properties.length === 1 && /location|city|place|where/i.test(only[0]) && places.length > 0)
    return places.slice(0, MOST_PARALLEL).map((place) => ({ name, arguments: JSON.stringify({ [only[0]]: place }) }))
  return [{ name, arguments: JSON.stringify(JSON.parse(fillSchema(parameters, question))) }]
}

/** Results of tools that no answer has followed yet, with the call that each belongs to. */
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

/** An answer written from the results: objects as facts, lists of objects as a table, anything else as it is. */
export function tellResults(results: ReturnType<typeof openResults>): string {
  return results.map(({ name, args, content }) => tell(name, argumentsIn(args), content)).join("\n\n")
}

function argumentsIn(args: string): string {
  const parsed = parse(args)
  return isRecord(parsed) ? Object.values(parsed).join(", ") : ""
}

function tell(name: string, asked: string, content: string): string {
  const value = parse(content)
  const heading = `**\`${name}\`${asked ? ` for ${asked}` : ""}**`
  if (!isRecord(value) && !Array.isArray(value)) return `${heading} says: ${content}`
  if (Array.isArray(value)) return `${heading} gave:\n\n${table(value.filter(isRecord).slice(0, 7))}`
  const facts = leaves(value).filter(([path]) => !INCIDENTAL.test(path))
  const said = facts.slice(0, MOST_FACTS).map(([path, fact]) => `${path.split(" · ").at(-1)} **${String(fact)}**`)
  const lists = Object.entries(value).flatMap(([key, member]) =>
    Array.isArray(member) ? [`${member.length} ${key}`] : [],
  )
  return `${heading}: ${said.join(", ")}.${lists.length > 0 ? ` It also gave ${lists.join(" and ")}.` : ""}`
}

const MOST_FACTS = 8
/** Members that say little to a person. */
const INCIDENTAL = /latitude|longitude|timezone|\bid\b|\bcode\b|source|url|\btime\b|country|region/i

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
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

/** The plain values of an object, named by their path; lists are left out. */
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
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`
  return [
    line(columns),
    line(columns.map(() => "---")),
    ...flat.map((row) => line(columns.map((column) => String(row[column] ?? "")))),
  ].join("\n")
}
