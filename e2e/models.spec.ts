/** Choosing a model out of many. */
import { startDemoServer } from "@/lib/cli/demo-server"
import { startApp } from "./support/app"
import { API_KEY, ChatPage, expect, fireworksEnv, MODEL, test } from "./support/fixtures"

test("many models are searched, favourites stay on top, by keyboard alone", async ({ page }) => {
  const names = ["alpha-one", "alpha-two", "beta-one", "beta-two", "gamma-one", "gamma-two", "delta-one", "delta-two"]
  const ids = [MODEL, ...names.map((name) => `accounts/fireworks/models/${name}`)]
  const modelServer = await startDemoServer({ testMode: true, apiKey: API_KEY, models: ids.map((id) => ({ id })) })
  const app = await startApp({ env: fireworksEnv(modelServer) })
  const chat = new ChatPage(page, app)
  await chat.open()
  const picker = page.getByRole("combobox", { name: "Model", exact: true })
  await picker.press("ArrowDown")
  const search = page.getByRole("combobox", { name: "Search models" })
  await expect(search).toBeFocused()
  await search.fill("two gamma")
  await expect(page.getByRole("option")).toHaveCount(1)
  await page.keyboard.press("Tab")
  await page.keyboard.press("Tab")
  await expect(page.getByRole("button", { name: /^Keep .*gamma.* on top$/i })).toBeFocused()
  await page.keyboard.press("Enter")
  await search.fill("nothing like it")
  await expect(page.getByText("No model is called so.")).toBeVisible()
  await search.fill("")
  await expect(page.getByRole("option").first()).toContainText(/gamma.two/i)
  await search.press("Escape")
  await expect(picker).toBeFocused()

  await chat.reload()
  await picker.click()
  await expect(page.getByRole("option").first()).toContainText(/gamma.two/i)
  await search.fill("gamma-two")
  await search.press("Enter")
  await chat.askAndWait("Hello")
  const asked = modelServer.requests.filter(({ path }) => path.endsWith("/chat/completions")).map(({ body }) => body)
  expect(asked[0]).toMatchObject({ model: "accounts/fireworks/models/gamma-two" })
  await app.stop()
  await modelServer.close()
})
