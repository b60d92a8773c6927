/** A network that breaks the stream at 100 random positions: the reader sees the whole answer, each word once. */
import { startCuttingProxy } from "@/e2e/durable/cutting-proxy"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { textOf, words } from "@/e2e/support/guest"
import { Random } from "@/e2e/support/random"
import { watch } from "@/e2e/support/watch"

interface Kind {
  name: string
  cuts: number
  /** Maximum cuts per answer, so that each kind has several. */
  each: number
  /** The latest cut of one connection, in bytes. */
  farthest: number
  question: (n: number) => string
  /** The whole answer, if the model server always returns the same one. */
  answer?: string
}

const SIGNS = ["größe", "日本語", "Привет", "שלום", "naïve", "한국어", "🎉", "👩‍👩‍👧‍👦", "e\u0301te\u0301", "𝒳𝒴"]
const CITIES = ["Paris", "Berlin", "Tokyo"]

const numbered = (count: number, word: (n: number) => string) => Array.from({ length: count }, (_, n) => word(n))

const section = (n: number) =>
  [
    `## Titel${n}`,
    `Ein **fetter${n} Satz** mit _kursivem${n} Wort_, \`code${n}\` und ~~altem${n}~~ 🎈.`,
    `- Punkt${n}\n- Unterpunkt${n} **stark${n}**`,
    `| Spalte${n} | Wert${n} |\n| --- | --- |\n| Zelle${n} | Zahl${n} |`,
    `\`\`\`\nzeile${n} = ${n}\n\`\`\``,
  ].join("\n\n")

const MANY_BYTES = `[[echo]] ${numbered(250, (n) => `${SIGNS[n % SIGNS.length]}${n}`).join(" ")}`
const MARKDOWN = `[[echo]]\n\n${numbered(10, section).join("\n\n")}`

const KINDS: Kind[] = [
  {
    name: "plain text",
    cuts: 15,
    each: 10,
    farthest: 12_000,
    question: () => "[[words n=500 rate=200]]",
    answer: words(500),
  },
  {
    name: "multi-byte letters and emoji",
    cuts: 15,
    each: 10,
    farthest: 12_000,
    question: () => MANY_BYTES,
    answer: MANY_BYTES,
  },
  { name: "markdown", cuts: 15, each: 10, farthest: 12_000, question: () => MARKDOWN, answer: MARKDOWN },
  {
    name: "a tool call and the text about its result",
    cuts: 10,
    each: 3,
    farthest: 1_500,
    question: (n) => `What's the weather in ${CITIES[n % CITIES.length]}?`,
  },
]

/** The text without punctuation, which reveals duplicated, lost, or reordered words. */
const wordsOf = (text: string) => text.match(/[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu) ?? []

for (const { name, cuts, each, farthest, question, answer } of KINDS)
  test(`${name}: ${cuts} cuts`, async ({ page, app }) => {
    const random = new Random()
    const proxy = await startCuttingProxy(app.url)
    const chat = new ChatPage(page, { ...app, url: proxy.url })
    await chat.open()
    const watched = await watch(page)
    for (let n = 0; proxy.cuts() < cuts; n++) {
      const most = Math.min(each, cuts - proxy.cuts())
      proxy.plan.push(...Array.from({ length: most }, () => random.between(1, farthest)))
      await chat.askAndWait(question(n))
      proxy.plan.length = 0
      await expect(page.getByText("Reconnecting")).toHaveCount(0)

      const view = await (await page.request.get(`${app.url}/api/conversations/${chat.conversationId()}`)).json()
      const stored = textOf(view.messages.at(-1))
      if (answer) expect(stored).toBe(answer)
      const shown = (await chat.answer().locator(".prose-chat").allInnerTexts()).join("\n")
      // Without the labels that the page adds to tables and code.
      const written = shown.split("\n").filter((line) => !["Table", "Code"].includes(line.trim()))
      expect(wordsOf(written.join("\n"))).toEqual(wordsOf(stored))
    }
    const { shrunk, reconnecting, alerts } = await watched()
    console.info(`${name}: ${proxy.cuts()} cuts, ${reconnecting} times reconnecting (SEED=${random.seed})`)
    expect(shrunk).toEqual([])
    expect(alerts).toEqual([])
    expect(reconnecting).toBeGreaterThan(0)
    await proxy.close()
  })
