/** The page in its second language, chosen by the browser or by hand, with no English left in it. */
import type { BrowserContext, Locator, Page } from "@playwright/test"
import { startApp } from "@/e2e/support/app"
import { expect, test } from "@/e2e/support/fixtures"
import germanAdmin from "@/lib/i18n/de.admin.json" with { type: "json" }
import german from "@/lib/i18n/de.json" with { type: "json" }
import englishAdmin from "@/lib/i18n/en.admin.json" with { type: "json" }
import english from "@/lib/i18n/en.json" with { type: "json" }

const textsOf = (value: unknown): string[] =>
  typeof value === "string" ? [value] : Object.values(Object(value)).flatMap(textsOf)

const GERMAN = new Set(textsOf([german, germanAdmin]))
/** Complete texts of the English catalogue that don't appear in the German one. */
const ENGLISH = textsOf([english, englishAdmin]).filter(
  (text) => /[a-z]{3}/i.test(text) && !/[{<]/.test(text) && !GERMAN.has(text),
)

/** Everything that is read or heard, except people's and models' text, and names. */
async function englishIn(page: Page): Promise<string[]> {
  const told = await page.evaluate(() => {
    const own = (element: Element | null) =>
      !element?.closest(
        "script, style, noscript, code, [lang=en], article .prose-chat, [data-role=user], [data-announced], nav a, h1",
      )
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (own(parentElement) && textContent?.trim()) texts.push(textContent.trim())
    }
    for (const element of document.querySelectorAll(
      "[aria-label], [title], [data-tip], [aria-description], [placeholder], [alt]",
    ))
      for (const name of ["aria-label", "title", "data-tip", "aria-description", "placeholder", "alt"]) {
        const text = element.getAttribute(name)
        if (text && own(element)) texts.push(text)
      }
    return [...texts, document.title]
  })
  const known = new Set(ENGLISH)
  // Labels of checkboxes quote people's text.
  const own = told.map((text) => text.replace(/(?<=^(?:Deine Nachricht|Die Antwort) aufnehmen: ).*/s, ""))
  return own.filter((text) => known.has(text) || /\b(?:the|your|you|with|and|are|this|from|not|of)\b/i.test(text))
}

const named = (page: Page, role: "button" | "textbox" | "combobox" | "dialog", name: string | RegExp): Locator =>
  page.getByRole(role, { name })

async function inGerman(context: BrowserContext, url: string) {
  const page = await context.newPage()
  await page.goto(url)
  await expect(named(page, "textbox", "Nachricht")).toBeFocused()
  return page
}

test("a German browser gets a German page, in every state, with German dates and numbers", async ({ browser, app }) => {
  const context = await browser.newContext({ locale: "de-DE", timezoneId: "Europe/Berlin" })
  const page = await inGerman(context, app.url)
  await expect(page.locator("html")).toHaveAttribute("lang", "de")
  expect(await englishIn(page), "the empty page").toEqual([])

  await named(page, "textbox", "Nachricht").fill("What is the weather in Paris?")
  await named(page, "button", "Nachricht senden").click()
  const answer = page.locator("article[data-role=assistant]").last()
  await expect(answer).toHaveAttribute("data-status", "complete")
  await expect(answer.getByText("Luftfeuchte")).toBeVisible()
  // Until the model's title arrives, the question is the title.
  await expect(page).not.toHaveTitle(/What is/)
  expect(await englishIn(page), "an answer with a card").toEqual([])

  const states: [name: string, open: () => Promise<unknown>][] = [
    ["Über diese Antwort", () => named(page, "button", "Über diese Antwort").click()],
    ["models", () => named(page, "combobox", "Modell").click()],
    ["settings", () => named(page, "button", /^Chat-Einstellungen/).click()],
    ["output", () => named(page, "button", "Strukturierte Ausgabe").click()],
    ["share", () => named(page, "button", "Teilen").click()],
    ["search", () => page.keyboard.press("Control+k")],
    ["shortcuts", () => page.keyboard.press("Control+/")],
    ["you", () => named(page, "button", "Gast: Einstellungen und mehr").click()],
    ["settings", () => page.keyboard.press("Control+,")],
  ]
  for (const [name, open] of states) {
    await open()
    await expect(page.locator("[role=dialog], [role=listbox], [role=menu]").first()).toBeVisible()
    if (name === "Über diese Antwort")
      await expect(page.getByRole("dialog")).toContainText(/Angefragt\s*\d{2}\.\d{2}\.\d{4}, \d{2}:\d{2}/)
    expect(await englishIn(page), name).toEqual([])
    await page.keyboard.press("Escape")
    await expect(page.locator("[role=dialog], [role=listbox], [role=menu]")).toHaveCount(0)
  }

  const refused = await page.request.post(`${app.url}/api/chat`, {
    data: { id: "no" },
    headers: { origin: app.url, "accept-language": "de-DE" },
  })
  expect((await refused.json()).error.message).toMatch(/^Die Anfrage ist ungültig/)
  await context.close()
})

test("other pages are German, too: sign-in, account, shared link, administration", async ({ browser }) => {
  const app = await startApp()
  const context = await browser.newContext({ locale: "de-DE", timezoneId: "Europe/Berlin" })
  const page = await inGerman(context, app.url)
  await named(page, "textbox", "Nachricht").fill("Zeichne eine Tabelle")
  await named(page, "button", "Nachricht senden").click()
  await expect(page.locator("article[data-role=assistant]").last()).toHaveAttribute("data-status", "complete")
  const id = new URL(page.url()).pathname.split("/").at(-1)
  const shared = await page.request.post(`${app.url}/api/conversations/${id}/shares`, { data: {} })
  const { share } = await shared.json()
  const visit = async (address: string) => {
    // Another URL first: changing only the fragment loads nothing.
    await page.goto("about:blank")
    await page.goto(`${app.url}${address}`)
    await expect(page.locator("h1, h2, [role=dialog]").first()).toBeVisible()
    expect(await englishIn(page), address).toEqual([])
  }
  for (const address of ["/sign-in", "/sign-up", "/reset#wrong", "/invite#wrong", "/verify#wrong", share.path])
    await visit(address)
  const account = { email: "anna@example.com", password: "ein paar Wörter reichen", name: "Anna" }
  const made = await page.request.post(`${app.url}/api/account`, { data: account, headers: { origin: app.url } })
  expect(made.ok()).toBe(true)
  for (const section of ["account", "instructions", "comparisons", "usage", "data"])
    await visit(`/#settings/${section}`)
  for (const section of ["", "/access", "/models", "/quotas", "/usage", "/shares", "/audit"])
    await visit(`/admin${section}`)
  await context.close()
  await app.stop()
})

test("the language is chosen manually, persists, and leaves typed text unchanged", async ({ chat }) => {
  const { page } = chat
  await chat.message.fill("Half a sentence")
  await page.keyboard.press("Control+,")
  await named(page, "combobox", "Language").selectOption("Deutsch")
  await expect(named(page, "dialog", "Einstellungen")).toBeVisible()
  await page.keyboard.press("Escape")
  const message = named(page, "textbox", "Nachricht")
  await expect(message).toHaveValue("Half a sentence")
  await expect(page.locator("html")).toHaveAttribute("lang", "de")
  await page.reload()
  await expect(message).toHaveValue("Half a sentence")
  await named(page, "button", "Gast: Einstellungen und mehr").click()
  await page.getByRole("menuitem", { name: "Einstellungen" }).click()
  await named(page, "combobox", "Sprache").selectOption("Wie im Browser")
  await named(page, "button", "Close").click()
  await expect(chat.message).toHaveValue("Half a sentence")
})
