/** The administration pages: who can open them, and what they show. */
import { v7 as uuidv7 } from "uuid"
import { expect, type Installation, test } from "@/e2e/support/admin"
import { checkBothThemes } from "@/e2e/support/axe"

const SECTIONS = {
  people: "People",
  access: "Access",
  models: "Models",
  quotas: "Quotas",
  usage: "Usage",
  shares: "Shared links",
  audit: "Audit log",
}

test("admin pages are available to administrators only", async ({ installation, admin }) => {
  const member = await installation.account("Max Member")
  const guest = await installation.guest()
  for (const { page } of [member, guest])
    for (const path of ["", ...Object.keys(SECTIONS), `people/${member.id}`]) {
      const response = await page.goto(`${installation.app.url}/admin/${path}`)
      expect(response?.status(), path).toBe(404)
      await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible()
      expect(await page.content(), path).not.toContain("Audit log")
    }
  await member.chat.open()
  await member.page.getByRole("button", { name: "Max Member: settings and more" }).click()
  await expect(member.page.getByRole("menuitem", { name: "Settings" })).toBeVisible()
  await expect(member.page.getByRole("menuitem", { name: "Administration" })).toHaveCount(0)

  await admin.page.getByRole("button", { name: "Ada Admin: settings and more" }).click()
  await admin.page.getByRole("menuitem", { name: "Administration" }).click()
  for (const [path, name] of Object.entries(SECTIONS)) {
    await admin.page.getByRole("link", { name, exact: true }).click()
    await expect(admin.page.getByRole("heading", { name, level: 1 })).toBeVisible()
    await expect(admin.page).toHaveURL(new RegExp(`/admin/${path}$`))
  }
})

/** Data for every page. */
function seed(installation: Installation, userId: string): void {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
  installation.database((open) => {
    const use = open.prepare(
      `INSERT INTO "UsageDay" ("userId", "day", "model", "answers", "inputTokens", "outputTokens", "costUsd") VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    for (let ago = 0; ago < 30; ago++)
      for (const model of ["accounts/fireworks/models/kimi-k3", "accounts/fireworks/models/glm-5p3-flash"])
        use.run(userId, day(ago), model, (ago * 7) % 23, ago * 9_000, ago * 1_200, ((ago * 5) % 11) / 10)
    const entry = open.prepare(
      `INSERT INTO "AuditEntry" ("id", "action", "actorId", "actorName", "details") VALUES (?, ?, ?, ?, ?)`,
    )
    const details = JSON.stringify({ tools: { from: true, to: false } })
    for (let n = 0; n < 60; n++) entry.run(uuidv7(), "settings.changed", userId, "Ada Admin", details)
  })
}

test("axe finds no issues, and nothing is wider than a phone", async ({ installation, admin }) => {
  const { page } = admin
  seed(installation, admin.id)
  await admin.chat.askAndWait("[[echo]] to share")
  const id = admin.chat.conversationId()
  await page.request.post(`${installation.app.url}/api/conversations/${id}/shares`, {
    headers: { origin: installation.app.url },
    data: {},
  })
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    for (const path of [...Object.keys(SECTIONS), `people/${admin.id}`]) {
      await page.goto(`${installation.app.url}/admin/${path}`)
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wider, `${path} at ${width}`).toBeLessThanOrEqual(0)
      await checkBothThemes(page, `${path} at ${width}`)
    }
  }
})
