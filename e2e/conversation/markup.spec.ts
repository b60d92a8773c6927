/**
 * A model's markup is displayed as intended when the page is rendered by the server, is streaming, or is being
 * translated.
 */
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { ownerOf, seedConversation } from "@/e2e/support/seed"

const PAYLOADS = [
  "[![badge](https://a.example/b.png)](https://a.example/)",
  "<table><tr><td><p>one</p><table><tr><td>two</td></tr></table></td></tr></table> $x^2$",
  "<button><button>x</button></button> <p><button><p>y</p></button></p>",
  "<a href='https://a.example/'><a href='https://b.example/'>x</a></a>",
  "<math><mi><p>z</p></mi></math> $$\\ce{H2O}$$",
  "<tr><td>out</td></tr> <li><li>x</li></li>",
  "- <div>a\n\n| a | b |\n| --- | --- |\n| $|x|$ | <your-api-key> |",
  "<picture><source srcset='/api/conversations'><img src='http:/api/auth/signout'></picture>",
  "ssh <user>@<server> with Vec<String>",
]

/** Opens a conversation of this guest with this answer. */
async function openSeeded(chat: ChatPage, answer: string): Promise<void> {
  await chat.askAndWait("Hello")
  const userId = await ownerOf(chat.app.dataDir, chat.conversationId())
  const turns = [{ question: "Show me", answer }]
  const id = await seedConversation(chat.app.dataDir, { userId, title: "Seeded", model: "demo", turns })
  await chat.open(`/c/${id}`)
}

test("hydration matches the server-rendered page for any model output", async ({ chat }) => {
  const { page } = chat
  const faults: string[] = []
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text())
  })
  page.on("pageerror", (error) => faults.push(error.message))
  await openSeeded(chat, PAYLOADS.join("\n\n"))
  const answer = chat.answer()
  await expect(answer).toContainText("ssh <user>@<server> with Vec<String>")
  await expect(answer.getByRole("cell", { name: "<your-api-key>" })).toBeVisible()
  await expect(answer.locator(".katex").first()).toBeVisible()
  expect(await answer.locator("a a, button button, p p, p div, [srcset], source").count()).toBe(0)
  expect(faults).toEqual([])
})

test("links in an answer never lead to the application's routes", async ({ chat }) => {
  const own = `${chat.app.url}/api/auth/signout`
  await openSeeded(chat, `[a](http:/api/auth/signout) [b](${own}) [c](//evil.example/) [d](https://good.example/)`)
  const answer = chat.answer()
  await expect(answer.getByRole("link", { name: "d" })).toHaveAttribute("href", "https://good.example/")
  for (const name of ["a", "b", "c"]) await expect(answer.getByRole("link", { name, exact: true })).toHaveCount(0)
})

/** Like browser translators: wraps each text in its own element, even where the page asks not to. */
const translate = (obedient: boolean) => {
  const wrap = () => {
    const log = document.querySelector("[role=log]")
    if (!log) return
    const texts: Text[] = []
    const walker = document.createTreeWalker(log, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode)
    for (const text of texts) {
      const holder = text.parentElement
      if (!text.data.trim() || !holder || holder.closest("font")) continue
      if (obedient && holder.closest("[translate=no], .notranslate")) continue
      const font = document.createElement("font")
      const inner = document.createElement("font")
      inner.append(text.data)
      font.append(inner)
      text.replaceWith(font)
    }
  }
  document.documentElement.classList.add("translated-ltr")
  new MutationObserver(wrap).observe(document.body, { childList: true, subtree: true })
  wrap()
}

for (const obedient of [true, false])
  test(`an answer streams to its end while the page is translated${obedient ? "" : " by force"}`, async ({ chat }) => {
    const faults: string[] = []
    chat.page.on("pageerror", (error) => faults.push(error.message))
    await chat.ask("[[words n=240 rate=80]]")
    await expect(chat.answer()).toContainText("w5 ")
    await chat.page.evaluate(translate, obedient)
    await chat.ended()
    await expect(chat.answer()).toContainText(/w0 w1 w2 .*w238 w239/)
    // It is translated when complete.
    await expect(chat.answer().locator("font").first()).toBeVisible()
    expect(faults).toEqual([])
  })
