/** A JSON Schema from a description: the things it lists, each with the type that its words suggest. */
import { SCHEMA_TASK } from "@/lib/ai/prompts/schema"
import { type CompletionRequest, textOf } from "@/lib/demo/protocol/wire"
import { wordsOf } from "@/lib/demo/words/words"

/** Sparkler's own request for a schema, recognized by its system message. */
export const asksForSchema = ({ messages }: CompletionRequest): boolean =>
  messages.some((message) => message.role === "system" && textOf(message).includes(SCHEMA_TASK))

type Schema = Record<string, unknown>

/** The type a phrase suggests; the first match counts. */
const TYPES: [RegExp, Schema][] = [
  [/^(?:whether|if|is|has|ob|ist|hat)\b|\byes\/no\b|\bja\/nein\b/i, { type: "boolean" }],
  [/\be-?mail/i, { type: "string", format: "email" }],
  [/\b(?:url|link|website|web ?seite)s?\b/i, { type: "string", format: "uri" }],
  [/\b(?:date and time|timestamp|zeitpunkt)\b/i, { type: "string", format: "date-time" }],
  [/(?:\bdate|datum|deadline|birthday|geburtstag|\bdue\b)/i, { type: "string", format: "date" }],
  [/(?:\btime\b|uhrzeit)/i, { type: "string", format: "time" }],
  [/(?:\bnumber of\b|\bcount\b|\bquantity\b|\bage\b|\byear\b|anzahl|menge|\balter\b|\bjahr\b)/i, { type: "integer" }],
  [
    /(?:price|amount|total|cost|salary|weight|height|width|length|percent|score|rating|tax|preis|betrag|summe|kosten|gehalt|gewicht|prozent)/i,
    { type: "number" },
  ],
]
const LIST = /\b(?:(?:a )?list of|several|all|liste (?:von|der)|mehrere|alle)\s+/i
const OPTIONAL = /\(?\b(?:optional|if any|if known|falls vorhanden|wenn bekannt)\b\)?/i
const LEADS = /^(?:and|und|the|a|an|its|their|his|her|der|die|das|ein|eine|whether|if|is|has|it's|it is|ob|ist|hat)\s+/i
const MANY = /\b(?:each|every|list of|table of|all|jede[nrs]?|alle|liste|tabelle)\b/i

const MAX_FIELDS = 30
const MAX_WORDS = 4

/** The schema as text, including a note on its origin. */
export function schemaOfWords(description: string): string {
  const [head = "", ...rest] = description.split(/:(?!\/\/)/)
  const told = rest.length > 0 ? rest.join(":") : head.replace(/^.*?\b(?:with|including|containing|mit)\b/is, "")
  const phrases = told
    .split(/[,;\n]|\s(?:and|und)\s|\.(?:\s|$)/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => wordsOf(phrase).length > 0)
    .slice(0, MAX_FIELDS)
  const fields = objectOf(phrases)
  const isMany = rest.length > 0 && MANY.test(head)
  const whole: Schema = isMany ? objectFrom({ items: { type: "array", items: fields } }, ["items"]) : fields
  const made = "Made by Sparkler's demo model from the words of the description, not by an AI"
  return JSON.stringify({ title: titleOf(rest.length > 0 ? head : "Data"), description: made, ...whole }, null, 2)
}

const objectFrom = (properties: Schema, required: string[]): Schema => ({
  ...{ type: "object", properties, required, additionalProperties: false },
})

function objectOf(phrases: string[]): Schema {
  const found = new Map<string, { schema: Schema; required: boolean }>()
  for (const phrase of phrases) {
    const required = !OPTIONAL.test(phrase)
    const said = phrase.replace(OPTIONAL, "").trim()
    const isList = LIST.test(said)
    const bare = said.replace(LIST, "")
    const type = TYPES.find(([pattern]) => pattern.test(bare))?.[1] ?? { type: "string" }
    const name = nameOf(bare)
    if (name) found.set(name, { schema: isList ? { type: "array", items: type } : type, required })
  }
  const properties = Object.fromEntries([...found].map(([name, { schema }]) => [name, schema]))
  return objectFrom(
    properties,
    [...found].flatMap(([name, { required }]) => (required ? [name] : [])),
  )
}

/** In camelCase, from the first significant words. */
function nameOf(phrase: string): string {
  let bare = phrase
  while (LEADS.test(bare)) bare = bare.replace(LEADS, "")
  return wordsOf(bare.replace(/[’'-]/g, ""))
    .slice(0, MAX_WORDS)
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join("")
}

function titleOf(head: string): string {
  const words = wordsOf(head.replace(/\b(?:for|each|every|list|table|of|all|the|a|an|für|jede[nrs]?)\b/gi, " "))
  const title = words.slice(0, MAX_WORDS).join(" ")
  return title ? title.charAt(0).toUpperCase() + title.slice(1) : "Data"
}
