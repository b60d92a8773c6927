/**
 * Repairing an answer: which values to request again, in which schema, and merging them into the answer. Pure; safe to
 * import in the browser.
 */
import type { ChatMessage, OutputProblem, OutputRequest } from "@/lib/messages/types"
import { withValues } from "@/lib/output/answer/write"
import { jsonIn } from "@/lib/output/json-in-text"
import { JsonObject, prettyJson, readJson } from "@/lib/output/json-source"
import { jsonText } from "@/lib/output/rows"
import { isWithin, parentPointer, placeOfProblem, schemaAt, valueAt } from "@/lib/output/view/pointers"

type Parts = ChatMessage["parts"]

export interface RepairPlan {
  /** JSON pointers of the values to request; `""` alone means the whole answer. */
  places: string[]
  /** The requested output. */
  asks: OutputRequest
  /** A description of each problem for the model. */
  told: string[]
}

/** Maximum number of values one repair requests; above that, the whole answer is requested. */
const MAX_PLACES = 40
/** Maximum number of characters of an invalid value to include in the description. */
const MAX_VALUE = 200

/** What to request to fix these problems. */
export function repairPlan(text: string, request: OutputRequest, problems: OutputProblem[]): RepairPlan {
  const { json } = jsonIn(text)
  const { value, state } = readJson(json)
  const told = problems.map((problem) => toldOf(problem, value))
  const places = outermost(problems.map(placeToAsk))
  const schema = request.type === "json_schema" && state === "whole" ? patchSchema(request.schema, value, places) : null
  if (!schema || request.type !== "json_schema") return { places: [""], asks: { ...request, quotes: undefined }, told }
  return { places, asks: { type: "json_schema", name: request.name, schema }, told }
}

/** An extra or duplicate member is fixed by replacing the object that contains it. */
function placeToAsk(problem: OutputProblem): string {
  const place = placeOfProblem(problem)
  return OF_HOLDER.has(problem.sentence?.key ?? "") ? (parentPointer(place) ?? "") : place
}

const OF_HOLDER = new Set(["problem:additionalProperties", "problem:propertyNames", "problem:twice", "problem:false"])

/** Deduplicated, without places contained in another. */
const outermost = (places: string[]): string[] =>
  [...new Set(places)].filter((place) => !places.some((other) => other !== place && isWithin(place, other)))

/** An object schema with one member per place; null if only the whole answer can be requested. */
function patchSchema(root: Record<string, unknown>, value: unknown, places: string[]): Record<string, unknown> | null {
  if (places.length === 0 || places.length > MAX_PLACES || places.includes("")) return null
  const properties: [string, Record<string, unknown>][] = []
  for (const place of places) {
    const schema = schemaAt(root, value, place)
    // A reference outside the definitions wouldn't resolve in the patch schema.
    if (!schema || /"\$(?:ref|dynamicRef)":"(?!#\/(?:\$defs|definitions)\/)/.test(JSON.stringify(schema))) return null
    properties.push([place, schema])
  }
  const { $defs, definitions, $schema } = root
  return {
    ...($schema !== undefined && { $schema }),
    type: "object",
    properties: Object.fromEntries(properties),
    required: places,
    additionalProperties: false,
    ...($defs !== undefined && { $defs }),
    ...(definitions !== undefined && { definitions }),
  }
}

function toldOf(problem: OutputProblem, value: unknown): string {
  const place = placeOfProblem(problem)
  const found = place === "" ? undefined : valueAt(value, place)
  const text = found === undefined ? "" : jsonText(found)
  const is = text ? ` is ${text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE).toWellFormed()}…` : text}` : ""
  return `- ${place || "the answer"}${is}: ${problem.message}`
}

/** The answer with the received values in place; null while they are incomplete, or if they are something else. */
export function repairedText(text: string, places: string[], came: string): string | null {
  const patch = readJson(jsonIn(came).json)
  if (patch.state !== "whole") return null
  if (places.length === 1 && places[0] === "") return prettyJson(jsonIn(came).json)
  const { value, state } = readJson(jsonIn(text).json)
  if (state !== "whole" || !(patch.value instanceof JsonObject)) return null
  const given = new Map(patch.value.members.filter(([place]) => places.includes(place)))
  return given.size === 0 ? null : prettyJson(withValues(value, given))
}

const placeOf = (parts: Parts) => parts.findLastIndex(({ type }) => type === "data-repair")

/** The repair that produced this version. */
export function repairOf(parts: Parts) {
  const part = parts[placeOf(parts)]
  return part?.type === "data-repair" ? part.data : null
}

const joined = (parts: Parts): string => parts.map((part) => (part.type === "text" ? part.text : "")).join("")

/** The repair text as it streams: it comes after the original answer. */
export const repairTextSoFar = (parts: Parts): string => joined(parts.slice(placeOf(parts) + 1))

/** The text of a JSON answer; during a repair, with the values received so far. */
export function answerText(parts: Parts): string {
  const repair = repairOf(parts)
  if (repair?.state !== "asked") return joined(parts)
  const text = joined(parts.slice(0, placeOf(parts)))
  return repairedText(text, repair.places, repairTextSoFar(parts)) ?? text
}

/**
 * The parts of a finished repair: with the new values when they are `whole`, otherwise the original answer. Other parts
 * are returned unchanged.
 */
export function settleRepair(parts: Parts, whole: boolean): Parts {
  const repair = repairOf(parts)
  if (repair?.state !== "asked") return parts
  const place = placeOf(parts)
  const text = joined(parts.slice(0, place))
  const next = whole ? repairedText(text, repair.places, repairTextSoFar(parts)) : null
  const others = parts.filter(({ type }) => type !== "text" && type !== "data-repair")
  return [
    ...others,
    { type: "text", text: next ?? text, state: "done" },
    { type: "data-repair", id: "repair", data: { ...repair, state: next === null ? "failed" : "done" } },
  ]
}
