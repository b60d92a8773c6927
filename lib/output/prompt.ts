import type { OutputRequest } from "@/lib/messages/types"

/**
 * The instructions for a structured answer. The model does not see `response_format`, so the schema stands in
 * the prompt too; without it some models emit blanks up to the limit (Fireworks' guide to structured outputs).
 */
export function outputInstructions(request: OutputRequest): string {
  const only = "Answer with JSON only: no Markdown fences, no words before or after it."
  if (request.type === "json")
    return `${only} Choose member names that fit the question; the answer is one JSON object.`
  return [
    only,
    `The answer must be valid against this JSON Schema named “${request.name}”:`,
    JSON.stringify(request.schema),
    "Take values from what you were told. Use null or an empty value only where the schema allows it and nothing is known.",
  ].join("\n")
}
