/** What the demo model answers: analyzed, looked up, calculated, or counted, never a canned sentence. */

import { SUMMARY_PROMPT } from "@/lib/ai/prompts/prompts"
import { evaluate, findExpression, formatNumber } from "@/lib/demo/arithmetic"
import { changedPart } from "@/lib/demo/change"
import { chooseCalls } from "@/lib/demo/choose-tools"
import { asksAboutPicture, describe } from "@/lib/demo/describe"
import { factsOf } from "@/lib/demo/facts"
import { describeFiles } from "@/lib/demo/files"
import { fillInThread } from "@/lib/demo/fill-task"
import { makeLong, makeParagraphs } from "@/lib/demo/long"
import { makeMarkdown } from "@/lib/demo/markdown"
import { recall, summarize } from "@/lib/demo/memory"
import {
  type CompletionRequest,
  filesIn,
  imagesOf,
  lastUser,
  type Reply,
  schemaAskedFor,
  textOf,
  type WireMessage,
  wordsIn,
} from "@/lib/demo/protocol/wire"
import { LONG_TEXT, readBack } from "@/lib/demo/read-back"
import { describeResults, openResults } from "@/lib/demo/tell-results"
import { look, type Sight } from "@/lib/demo/vision/vision"
import { asksForSchema, schemaOfWords } from "@/lib/demo/words/schema-of-words"
import { titleOf } from "@/lib/demo/words/title"
import { keyTerms, wordsOf } from "@/lib/demo/words/words"

/** The start of every notice, including those of earlier versions. */
const NOTICE_BEGINS = "_This is Sparkler's built-in demo model, not an AI."
const NOTICE = `${NOTICE_BEGINS} For real answers, add a Fireworks API key on the start page, or put \`FIREWORKS_API_KEY\` into \`.env.local\` and restart._`

/** The reply to a request. Throws `WireError` for images that can't be read. */
export async function respond(request: CompletionRequest): Promise<Reply> {
  const asked = lastUser(request)
  const question = asked ? wordsIn(asked) : ""
  if (asksForTitle(request)) return { text: titleOf(question) }
  if (asksForSchema(request)) return { text: schemaOfWords(question) }
  const changed = changedPart(question)
  if (changed !== null) return { text: changed }
  const files = asked ? filesIn(asked) : []

  const sights: Sight[] = []
  // Sequentially: thirty large images at once would need gigabytes.
  for (const url of picturesMeant(request)) sights.push(await look(url))
  const reasoning = thinks(request) ? think(request, question, sights) : undefined
  const format = request.response_format
  const read = [question, ...files.map(({ text }) => text)].join("\n").trim()
  if (format && format.type !== "text") return { text: await structured(request, read, sights) }

  const results = openResults(request.messages)
  if (results.length > 0) return { reasoning, text: introduced(request, describeResults(results)) }
  const mayCall = sights.length === 0 && files.length === 0 && question !== SUMMARY_PROMPT
  const { calls, ask } = mayCall ? chooseCalls(request, question) : {}
  if (calls) return { reasoning, calls }
  if (ask) return { reasoning, text: introduced(request, ask) }
  const said =
    files.length > 0 && sights.length === 0 ? describeFiles(files) : answer(request.messages, question, sights)
  return { reasoning, text: introduced(request, said) }
}

/** Adds the notice about the demo model, unless the conversation has it already, or was summarized. */
function introduced({ messages }: CompletionRequest, text: string): string {
  const heard = messages.some(
    (message) =>
      (message.role === "assistant" && textOf(message).includes(NOTICE_BEGINS)) || textOf(message) === SUMMARY_PROMPT,
  )
  return heard ? text : `${NOTICE}\n\n${text}`
}

/** The images of the question, or of the latest turn before it if it asks about an image. */
function picturesMeant({ messages }: CompletionRequest): string[] {
  const turns = messages.filter(({ role }) => role === "user")
  const asked = turns.at(-1)
  const own = asked ? imagesOf(asked) : []
  if (!asked || own.length > 0 || messages.at(-1)?.role === "tool") return own
  if (!asksAboutPicture(textOf(asked))) return []
  return turns.map(imagesOf).findLast((images) => images.length > 0) ?? []
}

/** Sparkler's own request for a title, recognized by its system message. */
export const asksForTitle = ({ messages }: CompletionRequest): boolean =>
  messages.some((message) => message.role === "system" && textOf(message).includes("title for this conversation"))

const thinks = ({ reasoning_effort: effort, thinking }: CompletionRequest) =>
  thinking?.type === "enabled" || (effort !== undefined && effort !== "none" && effort !== false && effort !== 0)

function think({ messages, tools = [] }: CompletionRequest, question: string, sights: Sight[]): string {
  const terms = keyTerms(question)
  return [
    `The question has ${wordsOf(question).length} words${terms.length > 0 ? `; those that matter: ${terms.join(", ")}` : ""}.`,
    `There are ${messages.filter(({ role }) => role === "user").length} questions in this conversation so far.`,
    ...(sights.length > 0
      ? [
          `I was given ${sights.length} ${sights.length === 1 ? "picture" : "pictures"} and looked at the colors and edges of a small copy.`,
        ]
      : []),
    ...(tools.length > 0
      ? [
          `I may call ${tools.map((tool) => tool.function.name).join(", ")}; a tool fits when its name shares words with the question.`,
        ]
      : []),
    findExpression(question) ? "There is a sum in it, so I calculate it." : "There is no sum in it.",
  ].join("\n")
}

async function structured(request: CompletionRequest, question: string, sights: Sight[]): Promise<string> {
  const seen = sights.map(
    ({ format: kind, width, height, colors }) =>
      `${kind} ${width} x ${height} ${colors.map(({ name }) => name).join(" ")}`,
  )
  const text = [question, ...seen].join("\n")
  const schema = schemaAskedFor(request)
  if (schema) return fillInThread(schema, text)
  const images = sights.map(({ areas: _areas, ...sight }) => sight)
  return JSON.stringify({ ...factsOf(question), ...(images.length > 0 ? { images } : {}) }, null, 2)
}

function answer(messages: WireMessage[], question: string, sights: Sight[]): string {
  if (sights.length > 0) return describe(sights, question)
  const remembered = summarize(messages, question) ?? recall(messages, question)
  if (remembered) return remembered
  const long = lengthAskedFor(question)
  if (long) return long
  const expression = findExpression(question)
  const value = expression ? evaluate(expression) : null
  if (expression && value !== null && question.length < LONG_TEXT)
    return `${expression.replaceAll("*", "×")} = **${formatNumber(value)}**`
  return (question.length < LONG_TEXT ? makeMarkdown(question) : null) ?? readBack(question)
}

/** “900 words”, “three paragraphs”, “a long story” */
function lengthAskedFor(question: string): string | null {
  const request = question.slice(0, LONG_TEXT)
  const [, words] = /(\d{1,3}(?:,\d{3})+|\d{1,7})[ -]words?\b/i.exec(request) ?? []
  if (words) return makeLong(question, Number(words.replaceAll(",", "")))
  const [, paragraphs] =
    /(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s+paragraphs?\b/i.exec(request) ?? []
  if (paragraphs) {
    const named = COUNTS.indexOf(paragraphs.toLowerCase()) + 1
    return makeParagraphs(question, named || Number(paragraphs))
  }
  const asksForMuch = question.length < LONG_TEXT && /\b(?:long|essay|story|article|detailed)\b/i.test(question)
  return asksForMuch && !makeMarkdown(question) ? makeLong(question, 300) : null
}

const COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
