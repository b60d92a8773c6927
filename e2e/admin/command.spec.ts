/** `npm run admin` next to a running server. */
import { execFile } from "node:child_process"
import path from "node:path"
import { promisify } from "node:util"
import { newBrowser, signIn } from "@/e2e/accounts/people"
import { expect, test } from "@/e2e/support/admin"

const ROOT = path.resolve(import.meta.dirname, "../..")

test("the command line creates an administrator and resets a password; the running server sees it", async ({
  installation,
  browser,
}) => {
  const { url, dataDir } = installation.app
  const run = async (...args: string[]) => {
    const env = {
      NODE_ENV: "production" as const,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      APP_URL: url,
    }
    return (await promisify(execFile)(process.execPath, ["lib/cli/admin.mjs", ...args], { cwd: ROOT, env })).stdout
  }
  const member = await installation.account("Max Member")
  const email = `${member.id}@example.com`
  expect(await run("list")).toContain(`${email} · Max Member · member`)

  await member.page.goto(`${url}/admin/people`)
  await expect(member.page.getByRole("heading", { name: "Page not found" })).toBeVisible()
  expect(await run("make-admin", email)).toContain(`${email} is now an administrator.`)
  // The session is cached for a moment.
  await expect(async () => {
    await member.page.goto(`${url}/admin/people`)
    await expect(member.page.getByRole("heading", { name: "People" })).toBeVisible({ timeout: 500 })
  }).toPass()
  expect(await run("list")).toContain(`${email} · Max Member · administrator`)

  const link = /http\S+\/reset#[\w-]+/.exec(await run("reset", email))?.[0] ?? ""
  const other = await newBrowser(browser)
  await other.goto(link)
  await other.getByLabel("New password", { exact: true }).fill("another fine password")
  await other.getByRole("button", { name: "Save password" }).click()
  await expect(other.getByText("Your password was changed.")).toBeVisible()
  await member.page.goto(url)
  await expect(member.page).toHaveURL(/\/sign-in\?/)
  await signIn(other, email, "another fine password")
  await expect(other.getByRole("button", { name: "Max Member: settings and more" })).toBeVisible()
  await other.goto(`${url}/admin/audit`)
  for (const action of ["Made administrator", "Password reset link created"])
    await expect(other.getByRole("row", { name: new RegExp(action) }).first()).toBeVisible()
  await other.context().close()
})
