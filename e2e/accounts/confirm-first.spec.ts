/** Open sign-up limited to some email domains: an address gives no access until its link is opened. */
import { app, chatOnce, mail, PASSWORD, setUpMailingApp, signIn } from "@/e2e/accounts/people"
import { check } from "@/e2e/support/axe"
import { expect, test } from "@/e2e/support/fixtures"

setUpMailingApp({ ALLOWED_MAIL_DOMAINS: "corp.example" })

test("the first account is signed in immediately, the next one by the link, with the guest's chat", async ({
  page,
  browser,
}) => {
  const fill = async (email: string) => {
    await page.goto(`${app.url}/sign-up`)
    await page.getByLabel("Email address").fill(email)
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD)
    await page.getByRole("button", { name: "Create account" }).click()
  }
  await fill("boss@corp.example")
  await page.waitForURL(`${app.url}/`)
  await page.context().clearCookies()

  await chatOnce(page, app, "What a guest asked")
  const chat = new URL(page.url()).pathname
  await fill("ada@corp.example")
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible()
  await expect(page.getByText("open the link that we sent to ada@corp.example", { exact: false })).toBeVisible()
  await check(page, "accounts")
  await page.getByRole("link", { name: "Back to sign-in" }).click()
  await signIn(page, "ada@corp.example")
  await expect(page.getByText("Confirm your email address first", { exact: false })).toBeVisible()

  // The link is opened on another device, where the email is read.
  const phone = await (await browser.newContext({ locale: "en-US" })).newPage()
  const link = /http\S+\/verify#[\w-]+/.exec(await mail.next("ada@corp.example", "/verify#"))?.[0] ?? ""
  await phone.goto(link)
  await expect(phone.getByText("this address is confirmed", { exact: false })).toBeVisible()
  await expect(phone.getByRole("link", { name: "Sign in" })).toBeVisible()
  await page.goto(`${app.url}/sign-in?to=${chat}`)
  await signIn(page, "ada@corp.example")
  await page.waitForURL(`${app.url}${chat}`)
  await expect(page.getByRole("button", { name: /^ada@corp\.example/ })).toBeVisible()
  await expect(page.getByText("What a guest asked").first()).toBeVisible()
})
