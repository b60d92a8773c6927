/** What an administrator does to people. */
import { expect, test } from "@/e2e/support/admin"
import { waitUntilInteractive } from "@/e2e/support/interactive"

test("a user disabled during a streaming answer is signed out immediately, and their answer stops", async ({
  installation,
  admin,
}) => {
  const member = await installation.account("Max Member")
  await member.chat.ask("[[words n=10000 rate=40]]")
  await expect(member.chat.answer()).toContainText("w5")

  const { page } = admin
  await page.goto(`${installation.app.url}/admin/people?q=max`)
  await page.getByRole("link", { name: /Max Member/ }).click()
  await waitUntilInteractive(page.getByRole("button", { name: "Deactivate" }))
  await page.getByRole("button", { name: "Deactivate" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click()
  await expect(page.getByRole("button", { name: "Reactivate" })).toBeVisible()

  // Without a click by the person.
  await expect(
    member.page.getByText("You were signed out. Sign in to continue; what you typed is kept.").first(),
  ).toBeVisible()
  await expect
    .poll(() =>
      installation.database((database) =>
        database.prepare(`SELECT "status" FROM "Message" WHERE "role" = 'assistant'`).pluck().all(),
      ),
    )
    .toEqual(["stopped"])
  const refused = await member.page.request.get(`${installation.app.url}/api/conversations?in=list`)
  expect(refused.status()).toBe(401)

  await page.getByRole("button", { name: "Reactivate" }).click()
  await expect(page.getByRole("button", { name: "Deactivate" })).toBeVisible()
  await member.page.goto(installation.app.url)
  await expect(member.page.getByRole("button", { name: "Max Member: settings and more" })).toBeVisible()

  await page.goto(`${installation.app.url}/admin/audit`)
  const log = page.getByRole("row", { name: /Account deactivated/ })
  await expect(log).toContainText("Max Member")
  await expect(log).toContainText("Ada Admin")
})

test("the admin role is granted and revoked; oneself and the last administrator are protected", async ({
  installation,
  admin,
}) => {
  const member = await installation.account("Max Member")
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/people/${member.id}`)
  await waitUntilInteractive(page.getByRole("button", { name: "Make administrator" }))
  await page.getByRole("button", { name: "Make administrator" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Make administrator" }).click()
  await expect(page.getByRole("button", { name: "Remove role" })).toBeVisible()
  await expect(page.getByRole("button", { name: "Delete" })).toHaveCount(0)

  await member.page.goto(`${installation.app.url}/admin/people`)
  await expect(member.page.getByRole("heading", { name: "People" })).toBeVisible()
  await page.getByRole("button", { name: "Remove role" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Remove role" }).click()
  await expect(page.getByRole("button", { name: "Make administrator" })).toBeVisible()
  // Rights are checked per request: links of an open page no longer work.
  await member.page.getByRole("link", { name: "Audit log" }).click()
  await expect(member.page.getByRole("heading", { name: "Page not found" })).toBeVisible()

  await page.goto(`${installation.app.url}/admin/people/${admin.id}`)
  await expect(page.getByText("This is your own account.")).toBeVisible()
  await expect(page.getByRole("button", { name: /Deactivate|Delete|Remove role/ })).toHaveCount(0)
})

test("a reset link and an invitation are shown once; the invitation is revoked", async ({ installation, admin }) => {
  const member = await installation.account("Max Member")
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/people/${member.id}`)
  await waitUntilInteractive(page.getByRole("button", { name: "Create link" }))
  await page.getByRole("button", { name: "Create link" }).click()
  await expect(page.getByRole("textbox", { name: "Reset link" })).toHaveValue(/\/reset#.{20,}/)
  await page.reload()
  await expect(page.getByRole("textbox", { name: "Reset link" })).toHaveCount(0)

  await page.goto(`${installation.app.url}/admin/access`)
  await waitUntilInteractive(page.getByLabel("Note"))
  await page.getByLabel("Note").fill("Class 7b")
  await page.getByLabel("For", { exact: true }).selectOption("25")
  await page.getByRole("button", { name: "Create link" }).click()
  await expect(page.getByRole("textbox", { name: "Invitation link" })).toHaveValue(/\/invite#.{20,}/)
  await expect(page.getByRole("listitem").filter({ hasText: "Class 7b" })).toContainText("0 of 25 used")
  await page.reload()
  await expect(page.getByRole("textbox", { name: "Invitation link" })).toHaveCount(0)
  await waitUntilInteractive(page.getByRole("button", { name: "Revoke invitation: Class 7b" }))
  await page.getByRole("button", { name: "Revoke invitation: Class 7b" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click()
  await expect(page.getByText("No open invitations.")).toBeVisible()
})

test("an account is deleted with its data", async ({ installation, admin }) => {
  const member = await installation.account("Max Member")
  await member.chat.askAndWait("[[echo]] hello")
  const { page } = admin
  await page.goto(`${installation.app.url}/admin/people/${member.id}`)
  await waitUntilInteractive(page.getByRole("button", { name: "Delete" }))
  await page.getByRole("button", { name: "Delete" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
  await expect(page).toHaveURL(/\/admin\/people$/)
  const left = installation.database((database) =>
    database.prepare(`SELECT count(*) FROM "Conversation" WHERE "userId" = ?`).pluck().get(member.id),
  )
  expect(left).toBe(0)
})
