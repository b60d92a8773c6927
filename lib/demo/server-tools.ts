/** Questions that call the server's tools, with their arguments, and how results are described. */
import { isRecord } from "@/lib/is-record"

type Arguments = Record<string, unknown>
type Reader = (question: string) => Arguments | null

/** A pair of a name → number list: “Apples 3, Pears 5.5 and Plums: 2”. */
const PAIR = /([\p{L}][\p{L}\p{N} .'-]{0,40}?)\s*[:=]?\s*(-?\d+(?:\.\d+)?)(?=\s*(?:[,;.]|and\b|$))/gu

function pairsIn(text: string): [string, number][] {
  return [...text.matchAll(PAIR)].map(([, name = "", value]) => [
    name.replace(/^(?:and|of|for)\s+/i, "").trim(),
    Number(value),
  ])
}

const KINDS: [RegExp, string][] = [
  [/\bbars?\b|\bcolumns?\b/i, "bar"],
  [/\bpie\b|\bdonut\b/i, "pie"],
  [/\barea\b/i, "area"],
  [/\bscatter\b/i, "scatter"],
  [/\bheat ?map\b/i, "heatmap"],
]

const after = (question: string, pattern: RegExp) =>
  pattern
    .exec(question)?.[1]
    ?.replace(/[?!.\s]+$/, "")
    .trim() || null

/** “Draw a pie chart of apples 3, pears 5”. */
function chart(question: string): Arguments | null {
  const asked = /\b(?:chart|plot|graph|heat ?map)\b\s*(?:of|for|with)?\s*[:,]?\s*(.+)$/is.exec(question)
  if (!asked) return null
  const pairs = pairsIn(asked[1] ?? "")
  if (pairs.length < 2) return null
  const kind = KINDS.find(([pattern]) => pattern.test(question))?.[1] ?? "line"
  const values = pairs.map(([, value]) => value)
  const labels = pairs.map(([name]) => name)
  if (kind === "scatter") return { kind, series: [{ name: "Values", values, x: values.map((_, at) => at + 1) }] }
  return { kind, title: labels.slice(0, 3).join(", "), labels, series: [{ name: "Values", values }] }
}

const MAX_ROWS = 5_000

/** “Show an interactive table with 2000 rows”: of squares, computed here. */
function table(question: string): Arguments | null {
  if (!/\b(?:interactive|sortable) table\b/i.test(question)) return null
  const pairs = pairsIn(question)
  const count = Number(/\b(\d{1,4}) rows\b/i.exec(question)?.[1] ?? 0)
  if (count > 0) {
    const numbers = Array.from({ length: Math.min(count, MAX_ROWS) }, (_, at) => at + 1)
    return {
      title: `Squares up to ${numbers.length}`,
      columns: ["Number", "Square", "Parity"],
      rows: numbers.map((n) => [n, n * n, n % 2 ? "odd" : "even"]),
    }
  }
  return pairs.length > 0 ? { columns: ["Name", "Value"], rows: pairs } : null
}

function time(question: string): Arguments | null {
  if (!/\bwhat time\b|\btime is it\b|\bcurrent time\b|\bwhen it(?:'|’)s\b/i.test(question)) return null
  const places = after(question, /\bin\s+(.+)$/is)
  if (!places) return null
  const at = /\b(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)\b/.exec(question)?.[1]
  const zones = places
    .replace(/\s*(?:,|\bwhen\b|\bat\b).*\d{4}-.*$/i, "")
    .split(/\s*,\s*|\s+and\s+(?:in\s+)?/i)
    .filter(Boolean)
  return zones.length > 0 ? { zones: zones.slice(0, 12), ...(at && { at }) } : null
}

const one =
  (key: string, pattern: RegExp): Reader =>
  (question) => {
    const value = after(question, pattern)
    return value === null ? null : { [key]: value }
  }

/** By tool name: the arguments of the call that a question asks for. */
export const SERVER_TOOLS: Record<string, Reader> = {
  calculate: one("expression", /^\s*(?:please\s+)?(?:calculate|convert|evaluate)\b:?\s+(.+)$/is),
  current_time: time,
  show_chart: chart,
  show_table: table,
  search_conversations: one(
    "query",
    /\b(?:search|look through|find in) my (?:other |earlier |old )?(?:chats|conversations) for\s+(.+)$/is,
  ),
  search_web: one("query", /\bsearch the (?:web|internet) for\s+(.+)$/is),
  wikipedia: one("query", /\bwikipedia\b.*?\b(?:about|for|on|say about|:)\s+(.+)$/is),
  read_web_page: (question) => {
    const url = /\b(?:read|open|summarize|fetch)\b.*?(https?:\/\/[^\s<>"]+)/is.exec(question)?.[1]
    return url ? { url: url.replace(/[).,;!?]+$/, "") } : null
  },
}

/** The text between the tags of a quotation; null if it isn't one. */
const quotedIn = (content: string) => /<(tool-result[\w-]*)>\n([\s\S]*)\n<\/\1>/.exec(content)?.[2] ?? null

const SOURCE = /^\[(\d{1,3})\] (.+)$/gm

/** Describes a result of an own tool; null if it isn't one, or reports a failure. */
export function describeOwnResult(name: string, value: unknown, content: string): string | null {
  if (name === "show_chart" && isRecord(value))
    return "The chart is above: hover over it, or use the arrow keys, to read each value."
  if (name === "show_table" && isRecord(value))
    return `The table above has ${value.rows} rows. Sort it by a column's name, or filter it.`
  if (name === "calculate" && isRecord(value) && Array.isArray(value.lines))
    return value.lines
      .filter(isRecord)
      .map(({ expression, result }) => `\`${expression}\` = **${String(result).slice(0, 200)}**`)
      .join("\n\n")
  if (name === "current_time" && isRecord(value) && Array.isArray(value.places))
    return value.places
      .filter(isRecord)
      .map(
        ({ name: place, local, weekday, offset }) =>
          `In ${place} it is **${String(local).slice(11, 16)}** on ${weekday}, ${String(local).slice(0, 10)} (UTC${offset}).`,
      )
      .join("\n")
  const quoted = name in SERVER_TOOLS ? quotedIn(content) : null
  if (quoted === null) return null
  if (name === "search_conversations")
    return quoted === "0 hits"
      ? "No other chat of yours has these words."
      : "I found this in your other chats. The links above lead to the messages."
  const sources = [...quoted.matchAll(SOURCE)]
  if (name === "search_web")
    return `I found ${sources.length} pages:\n\n${sources.map(([, number, title]) => `- ${title} [${number}]`).join("\n")}`
  const [first] = sources
  const text = quoted.split("\n\n").slice(1).join(" ").replace(/\s+/g, " ").slice(0, 300)
  return first ? `${first[2]} [${first[1]}] begins: “${text}”` : null
}
