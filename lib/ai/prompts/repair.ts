/** Requests the values of a JSON answer that don't match its schema. Follows the answer itself. */

/** Start of the prompt. */
export const REPAIR_PROMPT = "Some values of your last answer don't fit its JSON Schema."

/** `told`: one line per problem; `places`: JSON Pointers to the requested values, `""` for the whole answer. */
export function repairPrompt(places: string[], told: string[]): string {
  return [
    `${REPAIR_PROMPT}\n${told.join("\n")}`,
    places.includes("")
      ? "Give the whole answer again as JSON, with these problems corrected and everything else as it is."
      : "Give only these values again, corrected: one JSON object whose members are named by the JSON Pointers of the values, exactly as in the schema that you are given now. Don't repeat the rest of the answer.",
    "Take the values from what you were told. No Markdown fences, no words before or after the JSON.",
  ].join("\n\n")
}
