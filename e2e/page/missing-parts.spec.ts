/** Parts of the page whose code can't be loaded when needed: the network is down, or another version was installed. */
import { expect, test } from "@/e2e/support/fixtures"

const CODE = "**/_next/static/**/*.js"

test("a failed load is reported in place, the page stays, and it is loaded when possible", async ({
  chat,
  page,
  context,
}) => {
  await chat.askAndWait("[[echo]] Hello")
  const toast = page.locator("[data-toast=error]")
  await page.route(CODE, (route) => route.abort())

  await chat.askAndWait("What's the weather in Paris?")
  const call = chat.articles("assistant").nth(1).locator("[data-tool=get_weather]")
  await expect(call).toContainText("This result couldn't be displayed.")
  await call.getByRole("button", { name: "Retry" }).click()
  await expect(call).toContainText("If Sparkler was updated, reload the page.")
  await expect(call.getByRole("button", { name: "Reload" })).toBeVisible()

  await page.keyboard.press("Control+,")
  // Hovering pauses its timer.
  await toast.hover()
  await expect(toast).toContainText("This couldn't be opened.")
  await page.getByRole("button", { name: "Dismiss" }).click()
  const formula = await chat.askAndWait("[[echo]] Look: $$x^2$$ and more")
  await expect(formula).toContainText("x^2")
  await expect(toast).toContainText("some text is shown without formatting")

  await page.unroute(CODE)
  await page.keyboard.press("Control+,")
  await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible()
  await page.keyboard.press("Escape")
  await context.setOffline(true)
  await context.setOffline(false)
  await expect(call.getByRole("figure", { name: "Weather in Paris" })).toBeVisible()
  await expect(formula.locator(".katex").first()).toBeVisible()
  await expect(toast).toHaveCount(0)
})

test("an empty script response counts as not loaded, and the answer continues without it", async ({ chat, page }) => {
  await chat.askAndWait("[[echo]] Hello")
  await page.clock.install()
  // Like a captive portal: a script that never reports a failure.
  await page.route(CODE, (route) => route.fulfill({ contentType: "application/javascript", body: "" }))
  await chat.askAndWait("What's the weather in Paris?")
  const call = chat.articles("assistant").nth(1).locator("[data-tool=get_weather]")
  await expect(call).toBeAttached()
  await page.clock.fastForward("00:31")
  await expect(call).toContainText("This result couldn't be displayed.", { timeout: 60_000 })
})
