/** What the demo model answers: looked at, looked up, calculated or counted, never a sentence learnt by heart. */
import { evaluate, findExpression, sayNumber } from "@/lib/ai/demo/arithmetic"
import { chooseCalls, openResults, tellResults } from "@/lib/ai/demo/call-tools"
import { describe } from "@/lib/ai/demo/describe"
import { factsOf } from "@/lib/ai/demo/facts"
import { fillSchema } from "@/lib/ai/demo/fill"
import { makeLong, makeMarkdown } from "@/lib/ai/demo/markdown"
import { look, type Sight } from "@/lib/ai/demo/vision"
import { type CompletionRequest, imagesOf, lastUser, type Reply, textOf, type WireMessage } from "@/lib/ai/demo/wire"
import { keyTerms, personOf, sentencesOf, wordsOf } from "@/lib/ai/demo/words"

const NOTICE =
  "_This is Sparkler's built-in demo model, not an AI. For real answers set `FIREWORKS_API_KEY` in `.env.local` and start again._"

/** Characters from which a message counts as a text to look into. */
const LONG_TEXT = 400
const MOST_WORDS = 20_000

/** The reply to a request. Throws `WireError` for pictures that can't be looked at. */
export async function respond(request: CompletionRequest): Promise<Reply> {
  const asked = lastUser(request)
  const question = asked ? textOf(asked) : ""
  const system = request.messages.find(({ role }) => role === "system")
  if (system && textOf(system).includes("title for this conversation")) return { text: titleOf(question) }

  const sights = await Promise.all((asked ? imagesOf(asked) : []).map(look))
  const reasoning = thinks(request) ? think(request, question, sights) : undefined
  const format = request.response_format
  if (format && format.type !== "text") return { text: structured(format, question, sights) }

  const results = openResults(request.messages)
  if (results.length > 0) return { reasoning, text: `${NOTICE}\n\n${tellResults(results)}` }
  const calls = sights.length === 0 ? chooseCalls(request, question) : undefined
  if (calls) return { reasoning, calls }
  return { reasoning, text: `${NOTICE}\n\n${answer(request.messages, question, sights)}` }
}

const thinks = ({ reasoning_effort: effort, thinking }: CompletionRequest) =>
  thinking?.type === "enabled" || (effort !== undefined && effort !== "none" && effort !== false && effort !== 0)

function think({ messages, tools = [] }: CompletionRequest, question: string, sights: Sight[]): string {
  const terms = keyTerms(question)
  return [
    `The question has ${wordsOf(question).length} words${terms.length > 0 ? `; those that matter: ${terms.join(", ")}` : ""}.`,
    `There are ${messages.filter(({ role }) => role === "user").length} questions in this conversation so far.`,
    ...(sights.length > 0
      ? [
          `I was given ${sights.length} ${sights.length === 1 ? "picture" : "pictures"} and looked at every pixel of a small copy.`,
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

type Format = NonNullable<CompletionRequest["response_format"]>

function structured(format: Format, question: string, sights: Sight[]): string {
  const seen = sights.map(
    ({ format: kind, width, height, colours }) =>
      `${kind} ${width} x ${height} ${colours.map(({ name }) => name).join(" ")}`,
  )
  const text = [question, ...seen].join("\n")
  if (format.type === "json_schema") return fillSchema(format.json_schema.schema, text)
  if (format.type === "json_object" && format.schema) return fillSchema(format.schema, text)
  const images = sights.map(({ areas: _areas, ...sight }) => sight)
  return JSON.stringify({ ...factsOf(question), ...(images.length > 0 ? { images } : {}) }, null, 2)
}

/** Two to six of the words that matter, in the order in which they were said. */
function titleOf(question: string): string {
  const terms = new Set(keyTerms(question, 5))
  const inOrder = [
    ...new Set(wordsOf(question).filter((word) => terms.has(word.toLowerCase().replace(/['’]s$/, "")))),
  ].slice(0, 5)
  const words = inOrder.length > 0 ? inOrder : wordsOf(question).slice(0, 4)
  const title = words.join(" ")
  return title ? title.charAt(0).toUpperCase() + title.slice(1) : "New conversation"
}

function answer(messages: WireMessage[], question: string, sights: Sight[]): string {
  if (sights.length > 0) return describe(sights, question)
  const remembered = recall(messages, question)
  if (remembered) return remembered
  const expression = findExpression(question)
  const value = expression ? evaluate(expression) : null
  if (expression && value !== null) return `${expression.replaceAll("*", "×")} = **${sayNumber(value)}**`
  const [, count] = /(\d[\d,]*)[ -]words?\b/i.exec(question) ?? []
  const long = count
    ? Number(count.replaceAll(",", ""))
    : /\b(long|essay|story|article|detailed)\b/i.test(question)
      ? 300
      : 0
  if (long > 0) return makeLong(question, Math.min(long, MOST_WORDS))
  return (question.length < LONG_TEXT ? makeMarkdown(question) : null) ?? readBack(question)
}

/** Words of questions about what was said. */
const SPOKEN = /\b(I|my)\b.*\b(ask|asked|say|said|write|wrote|question|message)\b|\b(question|message)\b.*\b(I|my)\b/i

/** Questions about the conversation itself, looked up in it. */
function recall(messages: WireMessage[], question: string): string | null {
  const said = messages.filter(({ role }) => role === "user").map(textOf)
  const earlier = said.slice(0, -1)
  if (SPOKEN.test(question) && /\b(first|earliest)\b/i.test(question))
    return earlier[0] ? `Your first message was: “${earlier[0].slice(0, 300)}”` : "This is your first message."
  if (SPOKEN.test(question) && /\b(last|previous|before)\b/i.test(question)) {
    const last = earlier.at(-1)
    return last ? `Before this you wrote: “${last.slice(0, 300)}”` : "There is no message before this one."
  }
  if (/how many (messages|questions)/i.test(question))
    return `You have sent ${said.length} ${said.length === 1 ? "message" : "messages"} in this conversation.`
  if (/\bmy name\b/i.test(question) && question.includes("?")) {
    const name = earlier
      .toReversed()
      .map(personOf)
      .find((found) => found !== null)
    return name ? `You told me that your name is **${name}**.` : "You have not told me your name."
  }
  return null
}

/** What can be said of any text by counting. */
function readBack(text: string): string {
  const words = wordsOf(text)
  const terms = keyTerms(text)
  const sentences = sentencesOf(text)
  const longest = [...sentences].sort((a, b) => b.length - a.length)[0] ?? ""
  if (words.length === 0) return "Your message has no words that I could count."
  const name = personOf(text)
  return [
    ...(name && /\b(my name is|I am|I'm|I’m)\b/.test(text) ? [`Hello, ${name}.`] : []),
    `Your message has ${words.length} ${words.length === 1 ? "word" : "words"} in ${sentences.length} ${sentences.length === 1 ? "sentence" : "sentences"}${terms.length > 0 ? `; the words that carry it are **${terms.join("**, **")}**` : ""}.`,
    ...(text.length >= LONG_TEXT ? [`Its longest sentence: “${longest.slice(0, 400)}”`] : []),
    "I can look at a picture, call the tools that are switched on, fill a JSON schema, calculate (`12*(3+4)`), remember what you said, and write tables, code, lists, mathematics and diagrams from your words.",
  ].join("\n\n")
}
