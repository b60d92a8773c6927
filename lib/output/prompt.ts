import type { OutputRequest } from "@/lib/messages/types"

const QUOTES =
  "“extracted” is the answer itself. “quotes” says for each single value in it where it comes from: “path” is the JSON Pointer of the value within “extracted” (such as /items/0/price), “quote” the words that it was taken from, copied exactly from one place of what you were given: as few as show it, at most 200 characters. Leave out values that stand nowhere."

/**
 * The instructions for a structured answer. The model does not see `response_format`, so the schema is included in the
 * prompt too; without it some models emit whitespace up to the token limit (Fireworks' guide to structured outputs).
 */
export function outputInstructions(request: OutputRequest): string {
  const only = "Answer with JSON only: no Markdown fences, no words before or after it."
  if (request.type === "json")
    return `${only} Choose member names that fit the question; the answer is one JSON object.`
  return [
    only,
    `The answer must be valid against this JSON Schema named “${request.name}”:`,
    JSON.stringify(request.schema),
    ...(request.quotes ? [QUOTES] : []),
    "Take values from what you were told. Use null or an empty value only where the schema allows it and nothing is known.",
  ].join("\n")
}
