/** Reading an answer: its content, copying and downloading parts of it, and navigating long ones. */
import { readFile } from "node:fs/promises"
import { AxeBuilder } from "@axe-core/playwright"
import type { Locator, Page } from "@playwright/test"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { ownerOf, seedConversation } from "@/e2e/support/seed"

const EVERYTHING = `# Everything

It costs $5 and $10, while $e^{i\\pi} + 1 = 0$ holds, and \\(a^2\\) too.[^1] See [the docs](https://example.org/docs) and
![a cat](https://evil.example/cat.png).

$$\\int_0^1 x\\,dx = \\frac12$$

This one is broken: $\\frac{1}{$ and $$\\nosuchcommand{x}$$.

| Name | Value | Note |
| --- | ---: | --- |
| alpha | 1,200 | says "hi" |
| beta | -5 % | **bold** |
| =HYPERLINK("x") | 3 | |

\`\`\`ts title="src/greet.ts"
// Says hello.
export const greet = (name: string) => \`Hello \${name}\`
\`\`\`

\`\`\`mermaid
flowchart LR
  A[Question] --> B[Answer]
\`\`\`

- [x] done
- [ ] open

> A quote.

مرحبا بالعالم، هذه فقرة.

**「強調」**された文字。

More.[^b]

[^1]: The first note.
[^b]: The second note.`

const download = async (page: Page, button: Locator) => {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

/** Opens a conversation of this guest with the given answers. */
async function openSeeded(chat: ChatPage, turns: { question: string; answer: string }[]): Promise<string> {
  await chat.askAndWait("Hello")
  const userId = await ownerOf(chat.app.dataDir, chat.conversationId())
  const id = await seedConversation(chat.app.dataDir, { userId, title: "Seeded", model: "demo", turns })
  await chat.open(`/c/${id}`)
  return id
}

test("all supported answer content renders correctly while streaming and after, in both themes", async ({ chat }) => {
  // axe checks it twice.
  const { page } = chat
  const shown = await page.evaluateHandle(() => {
    const seen: string[][] = []
    const look = () => {
      const blocks = document.querySelectorAll(
        "article[data-role='assistant'] .markdown :is(h3, h4, h5, h6, table, hr, blockquote)",
      )
      seen.push([...blocks].map(({ tagName }) => tagName))
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  })
  const answer = await chat.askAndWait(`[[echo]]\n\n${EVERYTHING}`)
  await expect(answer.locator("[data-part='diagram'] img")).toBeVisible()
  const whole = ["H3", "TABLE", "BLOCKQUOTE", "H4"]
  for (const blocks of await shown.jsonValue()) expect(blocks).toEqual(whole.slice(0, blocks.length))

  await expect(answer).toContainText("costs $5 and $10, while")
  await expect(answer.locator(".katex")).toHaveCount(3)
  await expect(answer.locator("[data-part='broken-formula']")).toContainText(["\\nosuchcommand{x}"])
  await expect(answer.locator("p", { hasText: "مرحبا" })).toHaveCSS("direction", "rtl")
  await expect(answer.locator("strong", { hasText: "「強調」" })).toBeVisible()
  await expect(answer.getByRole("link", { name: /a cat.*evil\.example, not loaded/ })).toHaveAttribute(
    "rel",
    "noopener noreferrer nofollow",
  )
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await expect(page.locator("html")).toHaveClass(new RegExp(theme))
    await expect(answer.locator("[data-part='diagram'] img")).toBeVisible()
    const axe = new AxeBuilder({ page }).include("article[data-role='assistant']").disableRules(["heading-order"])
    const { violations } = await axe.analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([])
  }
})

test("tables and code are copied and saved as files, and the line wrap setting persists", async ({ chat }) => {
  const { page } = chat
  const answer = await chat.askAndWait(`[[echo]]\n\n${EVERYTHING}`)
  const table = answer.locator("[data-part='table']")
  const csv = await download(page, table.getByRole("button", { name: "Download as CSV" }))
  expect(csv.name).toBe("table.csv")
  expect(csv.bytes.toString()).toBe(
    'Name,Value,Note\r\nalpha,"1,200","says ""hi"""\r\nbeta,-5 %,bold\r\n"\'=HYPERLINK(""x"")",3,\r\n',
  )
  const copyTable = table.getByRole("button", { name: "Copy table" })
  await copyTable.focus()
  await page.keyboard.press("Enter")
  await page.getByRole("menuitem", { name: "Copy for spreadsheets" }).press("Enter")
  await expect.poll(() => clipboard(page)).toContain('beta\t-5 %\tbold\n\'=HYPERLINK("x")\t3\t')
  await expect(copyTable).toBeFocused()
  await copyTable.click()
  await page.getByRole("menuitem", { name: "Copy as Markdown" }).click()
  await expect.poll(() => clipboard(page)).toContain("| Name | Value | Note |\n| --- | --- | --- |\n| alpha |")

  const code = answer.locator("[data-part='code']", { hasText: "TypeScript" })
  await expect(code).toContainText("TypeScript")
  const file = await download(page, code.getByRole("button", { name: "Download code" }))
  expect(file.name).toBe("greet.ts")
  expect(file.bytes.toString()).toMatch(/^\/\/ Says hello\.\nexport const greet = .*`\n$/)
  const wrap = code.getByRole("button", { name: "Wrap long lines" })
  await expect(wrap).toHaveAttribute("aria-pressed", "false")
  await wrap.click()
  await chat.reload()
  await expect(code.getByRole("button", { name: "Wrap long lines" })).toHaveAttribute("aria-pressed", "true")
  await expect(code.locator("pre")).toHaveCSS("white-space-collapse", "preserve")
  await expect(code.locator("pre")).toHaveCSS("text-wrap-mode", "wrap")

  const formula = answer.locator("[data-part='formula']")
  await formula.getByRole("button", { name: "Copy TeX" }).click()
  await expect.poll(() => clipboard(page)).toBe("\\int_0^1 x\\,dx = \\frac12")
  await page.evaluate(() => {
    const paragraph = [...document.querySelectorAll(".markdown p")].find((each) => each.textContent?.includes("costs"))
    if (paragraph) document.getSelection()?.selectAllChildren(paragraph)
  })
  await page.keyboard.press("ControlOrMeta+C")
  await expect.poll(() => clipboard(page)).toContain("while $e^{i\\pi} + 1 = 0$ holds, and $a^2$ too.")
})

test("a diagram is rendered, enlarged, and saved as SVG and PNG; an invalid one shows its source", async ({ chat }) => {
  const { page } = chat
  const requests: string[] = []
  page.on("request", (request) => requests.push(request.url()))
  await chat.askAndWait("[[echo]] no diagram here")
  expect(requests.filter((url) => url.includes("/api/diagrams"))).toEqual([])
  const answer = await chat.askAndWait("Draw a flowchart of harbour, beacon and lighthouse")
  const diagram = answer.locator("[data-part='diagram']")
  const image = diagram.getByRole("img", { name: "Flowchart, drawn from its source" })
  await expect(image).toBeVisible()
  await expect
    .poll(() => image.evaluate((element) => element instanceof HTMLImageElement && element.naturalWidth))
    .toBeGreaterThan(100)
  expect(requests.filter((url) => !url.startsWith(chat.app.url) && !url.startsWith("blob:"))).toEqual([])

  const kept = async (kind: string) => {
    await diagram.getByRole("button", { name: "Download diagram" }).click()
    return download(page, page.getByRole("menuitem", { name: kind }))
  }
  const svg = await kept("Download as SVG")
  expect(svg.name).toBe("diagram.svg")
  expect(svg.bytes.toString()).toMatch(/^<svg[^>]*viewBox[\s\S]*Lighthouse[\s\S]*<\/svg>$/)
  expect(svg.bytes.toString()).not.toMatch(/foreignObject|<script|href="http/)
  const png = await kept("Download as PNG")
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG")
  expect(png.bytes.length).toBeGreaterThan(2_000)

  await diagram.getByRole("button", { name: "Show source" }).click()
  await expect(diagram.locator("code")).toContainText('["Harbour"] -->')
  await diagram.getByRole("button", { name: "Show source" }).click()
  const enlarge = diagram.getByRole("button", { name: "Expand" })
  await enlarge.press("Enter")
  const large = page.getByRole("dialog", { name: "Flowchart" }).getByRole("img")
  const width = async () => (await large.boundingBox())?.width ?? 0
  await expect(large).toBeVisible()
  const before = await width()
  await page.keyboard.press("+")
  await expect.poll(width).not.toBe(before)
  await page.keyboard.press("Escape")
  await expect(enlarge).toBeFocused()

  const wrong = await chat.askAndWait("[[echo]]\n\n```mermaid\nflowchart LR\n  A --> \n  ]]\n```")
  await expect(wrong.getByRole("note")).toContainText("This diagram has an error. Showing its source.")
  await expect(wrong.locator("[data-part='code']")).toContainText("flowchart LR")
  // The next diagram still renders.
  const next = await chat.askAndWait("Draw a pie chart of harbour and beacon")
  await expect(next.locator("[data-part='diagram'] img")).toBeVisible()
})

test("footnotes of two messages do not collide, and link there and back", async ({ chat }) => {
  const { page } = chat
  const text = (word: string) =>
    `[[echo]] ${word} says so[^1].\n\n${"Filling. ".repeat(10)}\n\n[^1]: The note of ${word}.`
  await chat.askAndWait(text("Alpha"))
  await chat.askAndWait(text("Beta"))
  const address = page.url()
  for (const [index, word] of ["Alpha", "Beta"].entries()) {
    const answer = chat.articles("assistant").nth(index)
    await answer.getByRole("link", { name: "1", exact: true }).click()
    await expect(page.locator("li:focus")).toContainText(`The note of ${word}.`)
    await answer.getByRole("link", { name: "Back to text" }).click()
    await expect(answer.getByRole("link", { name: "1", exact: true })).toBeFocused()
  }
  expect(page.url()).toBe(address)
  const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
})

const longText = (name: string) =>
  `## Long ${name}\n\n${Array.from({ length: 60 }, (_, line) => `Line ${line} of ${name}. ${"Words to fill it. ".repeat(6)}`).join("\n\n")}\n\nThe needle${name}.`

test("long answers except the newest are collapsed, expand for keys, links and searches, and keep their state", async ({
  chat,
}) => {
  const { page } = chat
  const turns = ["One", "Two", "Three", "Four", "Five", "Six"].map((name) => ({
    question: `Ask ${name}`,
    answer: longText(name),
  }))
  const id = await openSeeded(chat, turns)
  const last = chat.answer()
  await expect(last.getByText("The needleSix.")).toBeInViewport()
  await expect(last.getByRole("button", { name: "Show full answer" })).toHaveCount(0)

  const article = (name: string) =>
    chat.conversation.locator("article[data-role='assistant']", { hasText: `Long ${name}` })
  const five = article("Five")
  await page.keyboard.press("Alt+ArrowUp")
  await page.keyboard.press("Alt+ArrowUp")
  const show = five.getByRole("button", { name: "Show full answer" })
  await expect(show).toHaveAttribute("aria-expanded", "false")
  expect((await five.boundingBox())?.height).toBeLessThan(900)
  await show.press("Enter")
  await expect(five.getByRole("button", { name: "Show less" })).toHaveAttribute("aria-expanded", "true")
  expect((await five.boundingBox())?.height).toBeGreaterThan(2_000)

  // Scrolls far away and back.
  await page.locator("body").click({ position: { x: 1_200, y: 5 } })
  await page.getByRole("button", { name: "Scroll to latest" }).click()
  await expect(last.getByText("The needleSix.")).toBeInViewport()
  await page.keyboard.press("Alt+ArrowUp")
  await page.keyboard.press("Alt+ArrowUp")
  await expect(five.getByRole("button", { name: "Show less" })).toBeAttached()

  // A link to it expands it.
  const { messages } = await (await page.request.get(`${chat.app.url}/api/conversations/${id}/messages`)).json()
  await page.goto(`${chat.app.url}/c/${id}?message=${messages[5].id}`)
  await expect(article("Three").getByRole("button", { name: "Show less" })).toBeAttached()
  await expect(article("Three")).toBeFocused()

  // A match of the browser's own search in the collapsed part is expanded, here and far away.
  const two = article("Two")
  await two.scrollIntoViewIfNeeded()
  await expect(two.getByRole("button", { name: "Show full answer" })).toBeAttached()
  // The text may be rendered again at first, and the scroll position with it.
  await expect(async () => {
    await two.getByText("The needleTwo.").evaluate((element) => element.scrollIntoView({ block: "center" }))
    await expect(two.getByRole("button", { name: "Show less" })).toBeAttached({ timeout: 1_000 })
  }).toPass()
  await expect(two.getByText("The needleTwo.")).toBeInViewport()
  const far = article("Five").locator("[hidden='until-found']", { hasText: "needleFive" })
  await far.evaluate((element) => {
    element.dispatchEvent(new Event("beforematch", { bubbles: true }))
    element.removeAttribute("hidden")
    element.scrollIntoView()
  })
  await expect(article("Five").getByRole("button", { name: "Show less" })).toBeAttached()
})
