/** The operator's settings, and what people see of them. */
import { signUp } from "@/e2e/accounts/people"
import { expect, test } from "@/e2e/support/admin"
import { waitUntilInteractive } from "@/e2e/support/interactive"

test("a quota is set, reached and reported; the draft stays, and settings show the usage", async ({
  installation,
  admin,
}) => {
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/quotas`)
  const guests = page.locator("section").filter({ has: page.getByRole("heading", { name: "Each guest" }) })
  await waitUntilInteractive(guests.getByLabel("Answers per day"))
  await guests.getByLabel("Answers per day").fill("many")
  await guests.getByRole("button", { name: "Save" }).click()
  await expect(guests.getByText("Enter a whole number of 0 or more.")).toBeVisible()
  await guests.getByLabel("Answers per day").fill("1")
  await guests.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText("Saved.")).toBeVisible()

  const { chat, page: theirs } = await installation.guest()
  await chat.askAndWait("[[echo]] the first")
  await chat.ask("and a second one")
  await expect(
    theirs.getByText(/You've used today's only answer\. You can continue at 00:00 UTC, in \d+/).first(),
  ).toBeVisible()
  await expect(theirs.getByText("and a second one").or(chat.message).first()).toBeVisible()
  expect(`${await theirs.locator("body").innerText()} ${await chat.message.inputValue()}`).toContain("and a second one")
  const again = await theirs.request.post(`${installation.app.url}/api/chat`, {
    headers: { origin: installation.app.url },
    data: {
      id: "0197a000-0000-7000-8000-000000000001",
      message: { id: "0197a000-0000-7000-8000-000000000002", parts: [{ type: "text", text: "hi" }] },
    },
  })
  expect(again.status()).toBe(429)
  expect(Number(again.headers()["retry-after"])).toBeGreaterThan(0)

  await theirs.goto(`${installation.app.url}/#settings/usage`)
  await expect(theirs.getByText("1 of 1")).toBeVisible()
})

test("features disabled by the operator disappear from an open page", async ({ installation, admin }) => {
  const { page: theirs } = await installation.guest()
  const attach = theirs.getByRole("button", { name: "Attach images" })
  await expect(attach).toHaveAttribute("data-tip", /images/i)
  await expect(attach).not.toHaveAttribute("data-tip", /images are turned off/)
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/access`)
  await waitUntilInteractive(page.getByRole("switch", { name: "Image uploads" }))
  await page.getByRole("switch", { name: "Image uploads" }).click()
  await expect(page.getByRole("switch", { name: "Image uploads" })).not.toBeChecked()
  // A single tool: it disappears from the choices of an open page.
  await theirs.getByRole("button", { name: "Chat settings" }).click()
  const settings = theirs.getByRole("dialog", { name: "Chat settings" })
  await expect(settings.getByLabel(/^Wikipedia/)).toBeVisible()
  await page.getByRole("switch", { name: "Wikipedia" }).click()
  await expect(page.getByRole("switch", { name: "Wikipedia" })).not.toBeChecked()
  await expect(settings.getByLabel(/^Calculator/)).toBeVisible()
  await expect(settings.getByLabel(/^Wikipedia/)).toHaveCount(0)
  await theirs.keyboard.press("Escape")
  await page.getByRole("switch", { name: "Tools", exact: true }).click()
  await expect(page.getByRole("switch", { name: "Tools", exact: true })).not.toBeChecked()

  await expect(attach).toHaveAttribute("data-tip", /images are turned off/)
  const upload = await theirs.request.post(`${installation.app.url}/api/images`, {
    headers: { origin: installation.app.url },
    multipart: { file: { name: "a.png", mimeType: "image/png", buffer: Buffer.from("x") } },
  })
  expect(upload.status()).toBe(403)
  expect(await upload.json()).toMatchObject({ error: { code: "feature:off" } })
})

test("a withdrawn model is reported in an open chat, which continues with another one", async ({
  installation,
  admin,
}) => {
  const { chat, page: theirs } = await installation.guest()
  await chat.askAndWait("[[echo]] with the first model")
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/models`)
  await waitUntilInteractive(page.getByLabel("Kimi K3", { exact: true }))
  await page.getByLabel("Kimi K3", { exact: true }).selectOption({ label: "Members" })
  await expect(page.getByLabel("Kimi K3", { exact: true })).toHaveValue("members")

  const notice = theirs.getByText("“Kimi K3” isn't available to you anymore. Choose another model.")
  await expect(notice).toBeVisible()
  await expect(theirs.getByRole("button", { name: /^Use / })).toBeVisible()
  await chat.chooseModel("GLM 5.3 Flash")
  await chat.askAndWait("[[echo]] with another one")
  await theirs.getByRole("combobox", { name: "Model" }).click()
  await expect(theirs.getByRole("option", { name: /Kimi K3\.1/ }).first()).toBeVisible()
  await expect(theirs.getByRole("option", { name: /Kimi K3(?!\.1)/ })).toHaveCount(0)
})

test("guests are disabled during a guest's answer: the page says why, and the draft moves into an account", async ({
  installation,
  admin,
}) => {
  const { chat, page: theirs } = await installation.guest()
  await chat.ask("[[words n=10000 rate=40]]")
  await expect(chat.answer()).toContainText("w5")
  await chat.message.fill("typed meanwhile")
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/access`)
  await waitUntilInteractive(page.getByRole("switch", { name: "Guests" }))
  await page.getByRole("switch", { name: "Guests" }).click()
  await expect(page.getByRole("switch", { name: "Guests" })).not.toBeChecked()

  // Without a click by the person.
  const notice = theirs.getByRole("alert").filter({ hasText: "Chatting without an account" })
  await expect(notice).toBeVisible()
  await chat.ended("stopped")
  await expect(chat.message).toHaveText("typed meanwhile")
  const chatPath = new URL(theirs.url()).pathname
  await chat.send.click()
  await expect(chat.message).toHaveText("typed meanwhile")
  await theirs.reload()
  await expect(notice).toBeVisible()

  await waitUntilInteractive(notice.getByRole("button", { name: "Sign in" }))
  await notice.getByRole("button", { name: "Sign in" }).click()
  await theirs.getByRole("link", { name: "Create account" }).click()
  await expect(theirs.getByRole("heading", { name: "Create account" })).toBeVisible()
  await signUp(theirs, "typed@example.com")
  await theirs.waitForURL(`${installation.app.url}${chatPath}`)
  await expect(chat.message).toHaveText("typed meanwhile")
  await expect(notice).toHaveCount(0)
  await chat.askAndWait("[[echo]] with an account")
})
