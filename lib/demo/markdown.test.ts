import vm from "node:vm"
import Database from "better-sqlite3"
import { expect, test } from "vitest"
import { SUMMARY_PROMPT } from "@/lib/ai/prompts/prompts"
import { createDemoModel } from "@/lib/demo"
import { sourceOf } from "@/lib/demo/code"
import { bodyOf, complete, user } from "@/lib/demo/demo.fixture"
import { makeLong } from "@/lib/demo/long"
import { cell } from "@/lib/demo/markdown"
import { wordsOf } from "@/lib/demo/words/words"

/** The first line of a conversation's first answer. */
const NOTICE = /^_.*demo model.*FIREWORKS_API_KEY.*\.env\.local.*_$/m

const demo = createDemoModel({ tokensPerSecond: 0, firstTokenMs: 0 })
const answerTo = async (question: string) => (await complete(demo, bodyOf(question, { max_tokens: 50_000 }))).text
/** The program in an answer and its stated output. */
async function programOf(question: string) {
  const [, language = "", source = "", gives = ""] =
    /```(\w+)\n(.*?)\n```\n\nIt gives `(.*)`/s.exec(await answerTo(question)) ?? []
  return { language, source, gives }
}

test("an ordinary answer starts by saying that this is the demo model and how to set a key", async () => {
  expect((await answerTo("Hello")).split("\n")[0]).toMatch(NOTICE)
})

test("calculations are evaluated", async () => {
  expect(await answerTo("What is 12*(3+4)?")).toContain("**84**")
  expect(await answerTo("20% of 50")).toContain("**10**")
})

test("a table of primes has the first ten", async () => {
  const rows = [...(await answerTo("Show me a table of primes")).matchAll(/^\| \d+ \| (\d+) \|/gm)].map(([, prime]) =>
    Number(prime),
  )
  expect(rows).toEqual([2, 3, 5, 7, 11, 13, 17, 19, 23, 29])
})

test("a table cell escapes pipes and stays on one line", () => {
  expect(cell("a|b\nc\\d")).toBe("a\\|b c\\\\d")
})

const SUBJECTS = ["fibonacci", "primes", "sorting", "factorial", "fizzbuzz", "reversing a text"]
test.each(SUBJECTS)("the JavaScript for %s gives the stated result", async (subject) => {
  const { language, source, gives } = await programOf(`Write JavaScript code for ${subject}`)
  expect(language).toBe("javascript")
  const printed: unknown[] = []
  vm.runInNewContext(source, { console: { log: (value: unknown) => printed.push(value) } })
  expect(printed.join(", ")).toBe(gives)
})

test.each(SUBJECTS)("the TypeScript for %s has types; without them it is the JavaScript", (subject) => {
  const typed = sourceOf("typescript", subject) ?? ""
  const plain = sourceOf("javascript", subject) ?? ""
  expect(typed).not.toBe(plain)
  expect(typed).toMatch(/: (?:number|bigint|string)/)
  expect(typed.replace(/: (?:number|bigint|string)(?:\[\])?|<number>/g, "")).toBe(plain)
})

test.each(["fibonacci", "primes", "sorting"])("the SQL for %s gives the stated result", async (subject) => {
  const { source, gives } = await programOf(`Write SQL for ${subject}`)
  const rows = new Database(":memory:").prepare(source).pluck().all()
  expect(rows.join(", ")).toBe(gives)
})

test("Python code for fibonacci", async () => {
  const { language, source, gives } = await programOf("write python code for fibonacci")
  expect(language).toBe("python")
  expect(source).toContain("def fibonacci(n: int)")
  expect(gives).toBe("0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89")
})

test("for an unknown subject or language it lists the ones it can write", async () => {
  for (const question of ["Write code for a web server", "Write rust code for primes"]) {
    const text = await answerTo(question)
    expect(text).toMatch(/no program for that.*fibonacci.*Python/)
    expect(text).not.toContain("```")
  }
})

test("a zip code is not a request for a program", async () => {
  expect(await answerTo("What is the zip code of Rome?")).not.toMatch(/program for that|```/)
})

test("all kinds of Markdown are shown on request, using the question's words", async () => {
  const text = await answerTo("Show all kinds of markdown about bees and honey")
  for (const sign of [
    "| bees |",
    "```python",
    "$$",
    "```mermaid",
    "- [x] Bees",
    "1. **Bees**",
    "\n> ",
    "[^1]:",
    "### Honey",
  ])
    expect(text).toContain(sign)
})

test("the requested number of words is written", async () => {
  for (const count of [60, 900]) {
    const written = wordsOf(await answerTo(`Write ${count} words about bees`)).length
    expect(written).toBeGreaterThanOrEqual(count)
    expect(written).toBeLessThan(count + 60)
  }
  expect((await answerTo("Write three paragraphs about bees")).match(/^Paragraph \d/gm)).toHaveLength(3)
})

test("a long text ends at 20,000 words", () => {
  const written = wordsOf(makeLong("bees", 1e9)).length
  expect(written).toBeGreaterThanOrEqual(20_000)
  expect(written).toBeLessThan(20_100)
})

test("pasted text is analyzed: word count, key terms, longest sentence, most important sentences", async () => {
  const longest =
    "Bees visit many thousands of flowers in a day, and every bee brings nectar home to the same hive of bees."
  const text = [
    "Bees make honey.",
    longest,
    "Rain fell.",
    "Honey keeps for years.",
    "Bees dance.",
    ...Array.from({ length: 15 }, () => "Some filler stands here."),
  ].join(" ")
  const answer = await answerTo(text)
  expect(answer).toContain(`${wordsOf(text).length} words in 20 sentences`)
  expect(answer).toContain("**bees** (4 times)")
  expect(answer).toContain(`Its longest sentence: “${longest}”`)
  expect(answer).toContain(`> ${longest}`)
})

test("a title consists of the question's words, without the notice", async () => {
  const system = { role: "system", content: "Write a short title for this conversation, from its first message below." }
  const question = "Explain how lighthouses guide ships at night"
  const { text } = await complete(demo, { model: "sparkler-demo", messages: [system, user(question)] })
  expect(text).toBe("How lighthouses guide ships at night")
})

test("the notice appears once per conversation, not in every answer", async () => {
  const first = await answerTo("Hello")
  expect(first).toMatch(NOTICE)
  const said = (...turns: string[]) =>
    complete(demo, {
      model: "sparkler-demo",
      messages: turns.map((content, at) => ({ role: at % 2 ? "assistant" : "user", content })),
    })
  expect((await said("Hello", first, "What is 2+2?")).text).toBe("2+2 = **4**")
  // Neither a machine-readable answer nor a failed one includes it, so the next one does.
  expect((await said("Hello", '{"word":"hello"}', "What is 2+2?")).text).toMatch(NOTICE)
  // Conversations from older versions contain it in other words.
  const old = "_This is Sparkler's built-in demo model, not an AI. For real answers set `FIREWORKS_API_KEY`._\n\nHi"
  expect((await said("Hello", old, "What is 2+2?")).text).toBe("2+2 = **4**")
  expect((await said("Hello", first, SUMMARY_PROMPT)).text).not.toMatch(NOTICE)
  expect((await said(SUMMARY_PROMPT, "It was about bees.", "What is 2+2?")).text).toBe("2+2 = **4**")
})

test("thinking lists what was considered, and only when requested", async () => {
  const { reasoning, text, usage } = await complete(demo, bodyOf("What is 2+2?", { reasoning_effort: "high" }))
  expect(reasoning).toContain("There is a sum in it")
  expect(text).toContain("**4**")
  expect(usage.completion_tokens_details?.reasoning_tokens).toBeGreaterThan(0)
  for (const effort of ["none", false, 0, undefined]) {
    const silent = await complete(demo, bodyOf("What is 2+2?", { reasoning_effort: effort }))
    expect(silent.reasoning).toBeUndefined()
    expect(silent.usage.completion_tokens_details).toBeUndefined()
  }
})

test("diagrams are of the requested kind and use the given words", async () => {
  expect(await answerTo("Draw a flowchart of harbour, storm and lighthouse")).toContain('["Harbour"] --> ')
  expect(await answerTo("Draw a sequence diagram of harbour and storm")).toMatch(
    /sequenceDiagram\n {2}You->>Sparkler: Harbour/,
  )
  expect(await answerTo("Draw a pie chart of harbour and storm")).toMatch(
    /pie showData\n {2}"Harbour" : 7\n {2}"Storm" : 5/,
  )
  expect(await answerTo("Draw a mind map of harbour and storm")).toMatch(/mindmap\n.*\n {4}Harbour\n {6}7 letters/)
})

test("each footnote is defined", async () => {
  const text = await answerTo("Write footnotes on harbour, storm")
  const named = [...text.matchAll(/\[\^(\d)\](?!:)/g)].map(([, number]) => number)
  const told = [...text.matchAll(/^\[\^(\d)\]: \S/gm)].map(([, number]) => number)
  expect(named.length).toBeGreaterThan(1)
  expect(told).toEqual(named)
})
