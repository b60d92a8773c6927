/** Choosing one of many models. */
import type { Page } from "@playwright/test"
import { DEPLOYMENT, startListsServer } from "@/e2e/models/lists-server"
import { startApp } from "@/e2e/support/app"
import { checkBothThemes } from "@/e2e/support/axe"
import { API_KEY, ChatPage, expect, fireworksEnv, MODEL, test } from "@/e2e/support/fixtures"
import { blueSquare } from "@/e2e/support/pictures"
import { startDemoServer } from "@/lib/demo/demo-server"

test("many models are searched, and favorites stay on top, by keyboard alone", async ({ page }) => {
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
  await expect(page.getByRole("button", { name: /^Add .*gamma.* to favorites$/i })).toBeFocused()
  await page.keyboard.press("Enter")
  await search.fill("nothing like it")
  await expect(page.getByText("No models found.")).toBeVisible()
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

const KIMI = "accounts/fireworks/models/kimi-k3"
const picker = (page: Page) => page.getByRole("combobox", { name: "Model", exact: true })

/** An app whose model server has lists like Fireworks', and a guest's page. */
const listed = test.extend<{ lists: Awaited<ReturnType<typeof startListsServer>>; guest: ChatPage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern
  lists: async ({}, use) => {
    const server = await startListsServer()
    await use(server)
    await server.close()
  },
  guest: async ({ page, lists }, use) => {
    const env = { FIREWORKS_API_KEY: API_KEY, FIREWORKS_BASE_URL: lists.url, DEFAULT_MODEL: KIMI }
    const app = await startApp({ env })
    const chat = new ChatPage(page, app)
    await chat.open()
    await use(chat)
    await app.stop()
  },
})

listed(
  "a serving option is selected by keyboard, remembered, and shown in the receipt; spot falls back",
  async ({ guest, lists }) => {
    const { page } = guest
    await picker(page).press("ArrowDown")
    await page.getByRole("combobox", { name: "Search models" }).press("ArrowRight")
    const options = page.getByRole("group", { name: "Options for Kimi K3" })
    await expect(options.getByRole("button", { name: "All models" })).toBeFocused()
    await expect(options.getByRole("radio", { name: /^Standard .*\$3\.00 in/ })).toBeChecked()
    await expect(options.getByRole("radio", { name: /^Priority .*Price unknown/ })).toBeVisible()
    await options.getByRole("radio", { name: /^Fast .*\$4\.50 in, \$22\.50 out/ }).press("Space")
    await checkBothThemes(page, "the options of a model")
    await page.keyboard.press("Escape")
    await expect(picker(page)).toHaveText("Kimi K3 (Fast)")
    await guest.askAndWait("Hello")
    expect(lists.asked).toEqual(["accounts/fireworks/routers/kimi-k3-fast"])
    await guest.reload()
    await expect(picker(page)).toHaveText("Kimi K3 (Fast)")

    await picker(page).press("ArrowDown")
    await page.getByRole("button", { name: "Options for Kimi K3" }).press("Enter")
    await options.getByRole("radio", { name: /^Spot .*About 30% less/ }).press("Space")
    await expect(options.getByRole("checkbox", { name: /^Use standard when spot is full/ })).toBeChecked()
    await page.keyboard.press("Escape")
    const answer = await guest.askAndWait("Hello again")
    expect(lists.asked.slice(1)).toEqual([`${KIMI}-spot`, KIMI])
    await answer.getByRole("button", { name: "About this answer" }).click()
    const receipt = page.getByRole("dialog", { name: "About this answer" })
    await expect(receipt).toContainText("ModelKimi K3 (Spot)")
    await expect(receipt).toContainText("Answered byKimi K3")
    // 1,000 tokens each way at the standard price.
    await expect(receipt).toContainText("$0.018")
  },
)

listed("compared models each have their own serving option", async ({ guest, lists }) => {
  const { page } = guest
  await picker(page).press("ArrowDown")
  await page.getByRole("button", { name: "Compare models…" }).press("Enter")
  const search = page.getByRole("combobox", { name: "Search models" })
  await search.press("ArrowRight")
  const options = page.getByRole("group", { name: "Options for Kimi K3" })
  await expect(options.getByRole("radio", { name: /^Standard / })).toBeChecked()
  await options.getByRole("radio", { name: /^Fast / }).press("Space")
  await checkBothThemes(page, "the options of a model that is compared")
  await options.getByRole("button", { name: "All models" }).press("Enter")
  await expect(page.getByRole("option", { name: /^Kimi K3 \(Fast\)/, selected: true })).toBeVisible()
  await search.fill("glm 5.3 flash")
  await expect(page.getByRole("option")).toHaveCount(1)
  await search.press("Enter")
  await page.getByRole("button", { name: "Compare 2 models" }).press("Enter")
  await expect(page.getByText(/^Comparing Kimi K3 \(Fast\) and GLM/)).toBeVisible()
  await guest.ask("Hello")
  await expect(page.locator("[data-compared='complete']")).toHaveCount(2)
  expect([...lists.asked].sort()).toEqual([
    "accounts/fireworks/models/glm-5p3-flash",
    "accounts/fireworks/routers/kimi-k3-fast",
  ])

  // The same models stay checked; a removed model has no serving options.
  await picker(page).press("ArrowDown")
  await expect(page.getByRole("option", { name: /^Kimi K3 \(Fast\)/, selected: true })).toBeVisible()
  await search.fill("kimi k3")
  await search.press("Enter")
  await expect(page.getByRole("option", { name: /^Kimi K3/ }).first()).toHaveAttribute("aria-selected", "false")
})

listed(
  "an unlisted id is pasted, used and remembered; one unknown to its server is reported",
  async ({ guest, lists }) => {
    const { page } = guest
    const typed = "accounts/fireworks/routers/some-router"
    const search = page.getByRole("combobox", { name: "Search models" })
    await picker(page).click()
    await search.fill(typed)
    await page.getByRole("option", { name: `Use “${typed}”` }).click()
    await expect(picker(page)).toHaveText("some-router")
    await guest.askAndWait("Hello")
    expect(lists.asked).toEqual([typed])
    await picker(page).click()
    await search.fill("some")
    await expect(page.getByRole("option")).toHaveCount(2)
    await expect(page.getByRole("option", { name: "Some New Model" })).toBeVisible()
    await search.fill("ember")
    await page.getByRole("option", { name: "Ember 1" }).click()
    await guest.ask("And you?")
    await guest.ended("failed")
    await guest.reload()
    await expect(page.getByText("Ember 1 wasn't found on the server. Choose another model.")).toBeVisible()
  },
)

listed(
  "the chat waits for a sleeping deployment, also after a reload, until it is stopped or answers",
  async ({ guest, lists }) => {
    const { page } = guest
    await picker(page).click()
    const own = page.getByRole("group", { name: "Your deployments" })
    await expect(own.getByRole("option", { name: /My deployment.*asleep/ })).toBeVisible()
    await checkBothThemes(page, "the models, with one's own")
    await own.getByRole("option").click()
    await guest.ask("Are you there?")
    const starting = guest.answer().getByText("Starting, usually 5 to 10 minutes")
    await expect(starting).toBeVisible()
    await expect(guest.answer().getByRole("timer")).toHaveText(/^\d+:\d\d$/)
    await guest.reload()
    await expect(starting).toBeVisible()
    await checkBothThemes(page, "a deployment that starts")
    await guest.answer().getByRole("button", { name: "Stop" }).click()
    await guest.ended("stopped")
    await guest.ask("And now?")
    await expect(starting).toBeVisible()
    lists.start()
    await expect(await guest.ended()).toContainText(`Answered by ${DEPLOYMENT}.`)
    await expect(starting).toHaveCount(0)
  },
)

listed("a model's upcoming retirement is announced in the picker and in its conversations, once", async ({ guest }) => {
  const { page } = guest
  const notice = page.getByRole("status").filter({ hasText: "Kimi K3 retires on December 12, 2099." })
  await expect(notice).toBeVisible()
  await picker(page).click()
  await expect(page.getByRole("option", { name: /Kimi K3 .*Retires on December 12, 2099\./ })).toBeVisible()
  await page.keyboard.press("Escape")
  await notice.getByRole("button", { name: "Dismiss" }).click()
  await guest.reload()
  await expect(notice).toHaveCount(0)
})

listed(
  "an image is sent to a model of unknown vision support once the user confirms it, and the choice is remembered",
  async ({ guest, lists }) => {
    const { page } = guest
    await guest.chooseModel("Some New Model")
    const picture = { name: "blue.png", mimeType: "image/png", buffer: await blueSquare() }
    await page.locator("input[type='file']").setInputFiles(picture)
    const notice = page.getByRole("status").filter({ hasText: "Some New Model may not be able to see images." })
    await expect(notice.getByRole("button", { name: "Use Kimi K3", exact: true })).toBeVisible()
    await guest.message.fill("What is it?")
    await notice.getByRole("button", { name: "Send anyway" }).click()
    await guest.ended()
    expect(lists.asked).toEqual(["accounts/fireworks/models/some-new-model"])
    await guest.reload()
    await picker(page).press("ArrowDown")
    await page.getByRole("button", { name: "Options for Some New Model" }).press("Enter")
    await expect(page.getByRole("checkbox", { name: /^Can see images Set by you/ })).toBeChecked()
  },
)
