/** Which tools fit a question, and their arguments. */
import { findExpression } from "@/lib/demo/arithmetic"
import { fillSchema } from "@/lib/demo/fill"
import { isOwnTool, ownCalls } from "@/lib/demo/own-tools"
import { placesAskedFor } from "@/lib/demo/places"
import type { CompletionRequest, Reply, WireTool } from "@/lib/demo/protocol/wire"
import { isSchema, listOf, type Schema } from "@/lib/demo/schema"
import { wordsOf } from "@/lib/demo/words/words"

const MAX_PARALLEL = 8
/** Characters of a question that are searched for calls. */
const MAX_CHARACTERS = 20_000
const MAX_CLAUSES = 8
/** Minimum score for a tool: one word of its name, or two of its description. */
const FITS = 2
/** Words of names and descriptions that don't indicate a subject. */
const GENERIC = new Set(
  `get set the for and current next list make with from location name city any give its this that tool function returns return
  find given day what which how`.split(/\s+/),
)
const WEATHER =
  /\b(?:weather|forecast|rain\w*|snow\w*|sunny|sunshine|cloudy|windy|storm\w*|temperatures?|umbrella|humid\w*|degrees)\b/i
const WARMTH = /\b(?:hot|cold|warm|warmer|colder|chilly|freezing)\b/i
const CALCULATES = /\bcalculat|\barithmetic|\bmath|\bcomput|\bevaluat/i
const PLACE = /location|city|place|where|town/i
const EXPRESSION = /^(?:expression|formula|calculation|equation|sum)$/i

interface Choice {
  calls?: Reply["calls"]
  /** A follow-up question, if a tool fits but lacks its input. */
  ask?: string
}

/** The calls that the question asks for; none if no tool fits or the tool choice is none. */
export function chooseCalls(request: CompletionRequest, question: string): Choice {
  const { tools = [], tool_choice: choice = "auto" } = request
  if (tools.length === 0 || choice === "none") return {}
  if (typeof choice === "object") {
    const named = tools.find((tool) => tool.function.name === choice.function.name)
    return named ? { calls: callsOf(named, question) } : {}
  }
  const must = choice === "required" || choice === "any"
  const own = ownCalls(tools, question)
  if (own.length > 0) return { calls: own.slice(0, MAX_PARALLEL) }
  const wanted = wantedTools(
    tools.filter(({ function: { name } }) => !isOwnTool(name)),
    question,
  )
  if (wanted.length === 0) {
    const again = must ? tools[0] : toolOfFollowUp(request, question)
    return again ? { calls: callsOf(again, question) } : {}
  }
  const ready = wanted.filter(({ tool, text }) => must || !missingPlace(tool, text))
  if (ready.length > 0) return { calls: ready.flatMap(({ tool, text }) => callsOf(tool, text)).slice(0, MAX_PARALLEL) }
  const [first] = wanted
  return first ? { ask: askForPlace(first.tool) } : {}
}

/** The tool of each clause if clauses need different ones, otherwise the one that fits the whole question best. */
function wantedTools(tools: WireTool[], question: string): { tool: WireTool; text: string }[] {
  // At most one space between words: otherwise the time for a split is cubic in their number.
  const clauses = question
    .slice(0, MAX_CHARACTERS)
    .replace(/\s+/g, " ")
    .split(/(?<=[?!.;]) | ?,? (?:and|then) /i, MAX_CLAUSES)
    .filter(Boolean)
  const parts = new Map<WireTool, string[]>()
  let last: WireTool | undefined
  for (const clause of clauses) {
    // A clause without a tool of its own (“Paris and Rome”) continues the one before.
    last = best(tools, clause) ?? last
    if (last) parts.set(last, [...(parts.get(last) ?? []), clause])
  }
  if (parts.size > 1) return [...parts].map(([tool, texts]) => ({ tool, text: texts.join(" and ") }))
  const tool = best(tools, question)
  return tool ? [{ tool, text: question }] : []
}

function best(tools: WireTool[], text: string): WireTool | undefined {
  const asked = new Set(stems(text))
  const warm =
    WARMTH.test(text) &&
    (/\b(?:today|tomorrow|tonight|outside|is it|will it)\b/i.test(text) || placesAskedFor(text).length > 0)
  if (WEATHER.test(text) || warm) asked.add("weather").add("forecast")
  const scored = tools.map((tool) => {
    const { name, description = "", parameters } = tool.function
    const inName = stems(name).filter((word) => asked.has(word)).length
    const inDescription = stems(description).filter((word) => asked.has(word)).length
    const sums =
      CALCULATES.test(`${name} ${description}`) || propertiesOf(parameters).some(([key]) => EXPRESSION.test(key))
    return { tool, score: inName * 2 + inDescription + (sums && findExpression(text) ? 3 : 0) }
  })
  const [first] = scored.sort((a, b) => b.score - a.score)
  return first && first.score >= FITS ? first.tool : undefined
}

const stems = (text: string) => [
  ...new Set(
    wordsOf(
      text
        .slice(0, 4_000)
        .replace(/[_-]/g, " ")
        .replace(/([a-z])([A-Z])/g, "$1 $2"),
    )
      .map((word) =>
        word
          .toLowerCase()
          .replace(/['’]s$/, "")
          .replace(/(ies|s)$/, ""),
      )
      .filter((word) => word.length > 2 && !GENERIC.has(word)),
  ),
]

/** “And in Oslo?” uses the tool that was called last. */
function toolOfFollowUp({ messages, tools = [] }: CompletionRequest, question: string): WireTool | undefined {
  if (question.length > 100 || !/^\s*(?:and|or|what about|how about|also)\b/i.test(question)) return undefined
  const called = messages.findLast(({ tool_calls }) => tool_calls?.length)?.tool_calls?.at(-1)?.function.name
  const tool = tools.find(({ function: { name } }) => name === called)
  return tool && placeOf(tool) && placesAskedFor(question).length > 0 ? tool : undefined
}

const propertiesOf = (parameters: WireTool["function"]["parameters"] | undefined): [string, Schema][] =>
  Object.entries(isSchema(parameters?.properties) ? parameters.properties : {}).filter(
    (entry): entry is [string, Schema] => isSchema(entry[1]),
  )

/** The parameter that names a place: a plain string. */
const placeOf = ({ function: { parameters } }: WireTool): string | undefined =>
  propertiesOf(parameters).find(([name, { type, enum: words }]) => PLACE.test(name) && type === "string" && !words)?.[0]

function missingPlace(tool: WireTool, text: string): boolean {
  const place = placeOf(tool)
  const required = listOf(tool.function.parameters?.required)
  return place !== undefined && required.includes(place) && placesAskedFor(text).length === 0
}

const askForPlace = (tool: WireTool): string =>
  `The tool \`${tool.function.name}\` needs a ${placeOf(tool) ?? "place"}, and your message doesn't name one. Which place do you mean?`

/** One call, or one per place. */
function callsOf(tool: WireTool, question: string): NonNullable<Reply["calls"]> {
  const { name, parameters = { type: "object" as const } } = tool.function
  const place = placeOf(tool)
  const filled: unknown = JSON.parse(fillSchema(parameters, question))
  const places = place ? placesAskedFor(question) : []
  if (!place || places.length === 0 || !isSchema(filled)) return [{ name, arguments: JSON.stringify(filled) }]
  return places
    .slice(0, MAX_PARALLEL)
    .map((found) => ({ name, arguments: JSON.stringify({ ...filled, [place]: found }) }))
}
