/** Asking for the values of an answer in JSON that don't fit its schema. The answer itself stands before it. */

/** How the prompt begins. */
export const REPAIR_PROMPT = "Some values of your last answer don't fit its JSON Schema."

/** `told`: a line for each problem; `places`: JSON Pointers of what is asked for, `""` the whole answer. */
export function repairPrompt(places: string[], told: string[]): string {
  return [
    `${REPAIR_PROMPT}\n${told.join("\n")}`,
    places.includes("")
      ? "Give the whole answer again as JSON, with these problems corrected and everything else as it is."
      : "Give only these values again, corrected: one JSON object whose members are named by the JSON Pointers of the values, exactly as in the schema that you are given now. Don't repeat the rest of the answer.",
    "Take the values from what you were told. No Markdown fences, no words before or after the JSON.",
  ].join("\n\n")
}
