/** `127.0.0.1` and `localhost` are treated as one place, as with `npm start`. */
import { startApp } from "@/e2e/support/app"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"

test("a page opened by IP address redirects to the host name; API clients and users with chats there stay", async ({
  browser,
}) => {
  const app = await startApp({ env: { SPARKLER_BY_NAME: "1" } })
  const byName = app.url.replace("127.0.0.1", "localhost")
  try {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(`${app.url}/?q=roses%20%26%20more#settings/data`)
    await expect(page.getByRole("textbox", { name: "Message" })).toHaveValue("roses & more")
    await expect.poll(() => new URL(page.url()).origin).toBe(byName)
    await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible()
    for (const path of ["/", "//evil.example/", "/\\evil.example"]) {
      const stranger = await context.newPage()
      await stranger.goto(`${app.url}${path}`)
      await expect.poll(() => new URL(stranger.url()).origin, path).toBe(byName)
      await stranger.close()
    }

    const program = await fetch(`${app.url}/`, { redirect: "manual" })
    expect(program.status).toBe(200)

    // A visitor with chats at the IP address, created by a program with its cookie.
    const cookie = program.headers.getSetCookie()[0]?.split(";")[0] ?? ""
    const [name = "", value = ""] = cookie.split(/=(.*)/s)
    const [id, message] = [crypto.randomUUID(), crypto.randomUUID()]
    const asked = await fetch(`${app.url}/api/chat`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify({ id, message: { id: message, parts: [{ type: "text", text: "kept here" }] } }),
    })
    expect(asked.status).toBe(200)
    await asked.text()
    const returning = await browser.newContext()
    await returning.addCookies([{ name, value, url: app.url }])
    const chat = new ChatPage(await returning.newPage(), app)
    await chat.page.goto(`${app.url}/c/${id}`)
    await expect(chat.articles("user")).toContainText("kept here")
    expect(new URL(chat.page.url()).origin).toBe(app.url)
    await Promise.all([context.close(), returning.close()])
  } finally {
    await app.stop()
  }
})

test("with a public URL, nothing is redirected", async ({ browser }) => {
  const app = await startApp({ env: { SPARKLER_BY_NAME: "1", APP_URL: "https://chat.example" } })
  try {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${app.url}/`)
    expect(new URL(page.url()).origin).toBe(app.url)
  } finally {
    await app.stop()
  }
})
