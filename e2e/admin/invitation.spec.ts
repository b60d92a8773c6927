/** An invitation, from the administrator who creates it to the account created with it. */
import { expect, test } from "@/e2e/support/admin"
import { waitUntilInteractive } from "@/e2e/support/interactive"

test("an invitation admits one user and is counted; once revoked it admits nobody", async ({
  installation,
  admin,
  browser,
}) => {
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/access`)
  await waitUntilInteractive(page.getByLabel("New accounts"))
  await page.getByLabel("New accounts").selectOption("invited")
  await page.getByLabel("Note").fill("Class 7b")
  await page.getByLabel("For", { exact: true }).selectOption("5")
  await page.getByRole("button", { name: "Create link" }).click()
  const link = await page.getByRole("textbox", { name: "Invitation link" }).inputValue()
  const { pathname, hash } = new URL(link)

  const context = await browser.newContext()
  const theirs = await context.newPage()
  await theirs.goto(`${installation.app.url}${pathname}${hash}`)
  await theirs.getByLabel("Name (optional)").fill("Nora New")
  await theirs.getByLabel("Email address").fill("nora@example.com")
  await theirs.getByLabel("Password", { exact: true }).fill("a few words work well")
  await theirs.getByRole("button", { name: "Create account" }).click()
  await expect(theirs.getByRole("button", { name: /^Nora New/ })).toBeVisible()
  await context.close()

  await page.reload()
  const line = page.getByRole("listitem").filter({ hasText: "Class 7b" })
  await expect(line).toContainText("1 of 5 used")
  await waitUntilInteractive(page.getByRole("button", { name: "Revoke invitation: Class 7b" }))
  await page.getByRole("button", { name: "Revoke invitation: Class 7b" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click()
  await expect(page.getByText("No open invitations.")).toBeVisible()

  const late = await installation.guest()
  await late.page.goto(`${installation.app.url}${pathname}${hash}`)
  await expect(late.page.getByRole("alert").filter({ hasText: /invitation/i })).toBeVisible()

  await page.goto(`${installation.app.url}/admin/people?q=nora`)
  await expect(page.getByRole("link", { name: /Nora New/ })).toBeVisible()
  await page.goto(`${installation.app.url}/admin/audit`)
  for (const action of ["Invitation created", "Account created", "Invitation revoked", "Settings changed"])
    await expect(page.getByRole("row", { name: new RegExp(action) }).first()).toBeVisible()
})

test("a single-use invitation opened in two browsers creates one account; the other is told", async ({
  installation,
  admin,
}) => {
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/access`)
  await waitUntilInteractive(page.getByLabel("New accounts"))
  await page.getByLabel("New accounts").selectOption("invited")
  await page.getByLabel("For", { exact: true }).selectOption("1")
  await page.getByRole("button", { name: "Create link" }).click()
  const { pathname, hash } = new URL(await page.getByRole("textbox", { name: "Invitation link" }).inputValue())

  const both = await Promise.all(["one", "two"].map(async (name) => ({ name, ...(await installation.guest()) })))
  for (const { name, page: theirs } of both) {
    await theirs.goto(`${installation.app.url}${pathname}${hash}`)
    await theirs.getByLabel("Email address").fill(`${name}@example.com`)
    await theirs.getByLabel("Password", { exact: true }).fill("a few words work well")
  }
  await Promise.all(both.map(({ page: theirs }) => theirs.getByRole("button", { name: "Create account" }).click()))
  const [first, second] = await Promise.all(
    both.map(async ({ name, page: theirs }) => {
      const inside = theirs.getByRole("button", { name: new RegExp(`^${name}@example\\.com`) })
      const refused = theirs.getByText("This invitation has expired or was already used.", { exact: false })
      await expect(inside.or(refused)).toBeVisible()
      return (await refused.isVisible()) ? "refused" : "inside"
    }),
  )
  expect([first, second].sort()).toEqual(["inside", "refused"])
  const made = installation.database((database) =>
    database
      .prepare(`SELECT count(*) FROM "User" WHERE "email" IN ('one@example.com', 'two@example.com')`)
      .pluck()
      .get(),
  )
  expect(made).toBe(1)
})
