/** Requests a new text for one part of an answer. */

/** Start of the prompt, by which the demo model recognizes it. */
export const CHANGE_PROMPT = "Change one part of your last answer, and leave the rest of it as it is."

/** Characters around the part that identify it if its text occurs more than once. */
const AROUND = 200

interface Change {
  before: string
  old: string
  after: string
  wish: string
}

/** Follows the answer itself. */
export function changePrompt({ before, old, after, wish }: Change): string {
  const lead = before.slice(-AROUND)
  const rest = after.slice(0, AROUND)
  return [
    CHANGE_PROMPT,
    `The part:\n<part>\n${old}\n</part>`,
    ...(lead.trim() || rest.trim()
      ? [`It stands between these:\n<before>\n${lead}\n</before>\n<after>\n${rest}\n</after>`]
      : []),
    `How to change it: ${wish}`,
    RULES,
  ].join("\n\n")
}

const RULES =
  "Answer with the new text of the part only, as it is to stand in its place: in Markdown like the old one, in its language unless the change asks for another. No introduction, no explanation, no quotation marks or code fence around it, nothing of what stands before or behind it."
