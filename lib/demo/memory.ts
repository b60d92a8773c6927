/** Answers questions about the conversation itself from its messages. */

import { SUMMARY_PROMPT } from "@/lib/ai/prompts/prompts"
import { textOf, type WireMessage } from "@/lib/demo/protocol/wire"
import { keyTerms, personOf } from "@/lib/demo/words/words"

const QUOTED = 300
const INTRODUCED = /\b(?:my name is|I am|I'm|I’m|call me)\b/i

const FIRST =
  /\b(?:first|earliest)\b.*\b(?:ask(?:ed)?|question|message|say|said)\b|\bI (?:ask(?:ed)?|say|said|write|wrote)\b.*\bfirst\b/i

/** The answer to a question about what was said before; null if it is about something else. */
export function recall(messages: WireMessage[], question: string): string | null {
  const said = messages.filter(({ role }) => role === "user").map(textOf)
  const earlier = said.slice(0, -1)
  if (question.length > 200) return null
  if (FIRST.test(question))
    return earlier[0] ? `Your first message was: “${quoted(earlier[0])}”` : "This is your first message."
  if (/\b(?:last|previous|before|just)\b.*\b(?:ask(?:ed)?|question|message|say|said)\b/i.test(question)) {
    const last = earlier.at(-1)
    return last ? `Before this you wrote: “${quoted(last)}”` : "There is no message before this one."
  }
  if (/\bhow many (?:messages|questions)\b/i.test(question))
    return `You have sent ${said.length} ${said.length === 1 ? "message" : "messages"} in this conversation.`
  if (/\b(?:my name\b(?! is\b)|who am I\b)/i.test(question)) {
    const name = earlier
      .toReversed()
      .filter((text) => INTRODUCED.test(text))
      .map(personOf)
      .find((found) => found !== null)
    return name ? `You told me that your name is **${name}**.` : "You have not told me your name."
  }
  return null
}

/** A summary of the conversation, for Sparkler's own request for one; null for any other. */
export function summarize(messages: WireMessage[], question: string): string | null {
  if (question !== SUMMARY_PROMPT) return null
  const said = messages.filter(({ role }) => role === "user").map(textOf)
  const earlier = said.slice(0, -1)
  const terms = keyTerms(earlier.join("\n"), 8)
  return [
    `The person has written ${earlier.length} ${earlier.length === 1 ? "message" : "messages"}:`,
    earlier.map((text, index) => `${index + 1}. ${quoted(text)}`).join("\n"),
    ...(terms.length > 0 ? [`Words that came up most: ${terms.join(", ")}.`] : []),
  ].join("\n\n")
}

const quoted = (text: string) => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text).replace(/\s+/g, " ")
