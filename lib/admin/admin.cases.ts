/** What administrators see and do, on either database: run by `admin.test.ts` and `admin.postgres.test.ts`. */
import { v7 as uuidv7 } from "uuid"
import { beforeEach, describe, expect, test } from "vitest"
import { administrator } from "@/lib/admin/admin.fixture"
import { auditCsv, auditPage } from "@/lib/admin/audit-log"
import { lineOf } from "@/lib/admin/csv"
import { invite, openInvitations, uninvite } from "@/lib/admin/invitations"
import { linksPage, removeLink } from "@/lib/admin/links"
import { changeSettingsAsAdmin, setModelAudience } from "@/lib/admin/settings"
import { spanOf, usageCsv, usageReport } from "@/lib/admin/usage"
import { testAccount } from "@/lib/auth/guest.fixture"
import type { Database } from "@/lib/db/client"
import { changeSettings, operatorSettings } from "@/lib/operator/settings"

export function settingCases(database: () => Database): void {
  describe("settings", () => {
    beforeEach(async () => {
      await database().auditEntry.deleteMany()
      await changeSettings({ tools: null, guestQuotas: null, modelAudience: null })
    })

    test("a change is logged with the previous value; a no-op is not logged", async () => {
      const { actor } = await administrator()
      await changeSettingsAsAdmin(actor, { tools: false })
      await changeSettingsAsAdmin(actor, { tools: false })
      expect(await database().auditEntry.findMany()).toMatchObject([
        { action: "settings.changed", details: { tools: { from: true, to: false } } },
      ])
      expect((await operatorSettings()).tools).toBe(false)
    })

    test("unknown settings and invalid values change nothing", async () => {
      const { settingsChangeSchema } = await import("@/lib/admin/settings")
      for (const wrong of [{ admin: true }, { tools: "yes" }, { messagesPerMinute: 0 }, { mailDomains: ["a b"] }])
        expect(settingsChangeSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false)
      const polluted: unknown = JSON.parse('{"__proto__": {"tools": false}}')
      expect(settingsChangeSchema.safeParse(polluted).data ?? {}).toEqual({})
      expect(settingsChangeSchema.safeParse({ tools: null, signUp: "sso" }).success).toBe(true)
    })

    test("a model's audience can be set, and reset to the default", async () => {
      const { actor } = await administrator()
      await setModelAudience(actor, "m/one", "admins")
      await setModelAudience(actor, "m/two", "nobody")
      expect((await operatorSettings()).modelAudience).toEqual({ "m/one": "admins", "m/two": "nobody" })
      await setModelAudience(actor, "m/one", null)
      expect((await operatorSettings()).modelAudience).toEqual({ "m/two": "nobody" })
    })

    test("concurrent audience changes of several models are all kept", async () => {
      const { actor } = await administrator()
      const ids = Array.from({ length: 12 }, (_, n) => `m/${n}`)
      await Promise.all(ids.map((id) => setModelAudience(actor, id, "admins")))
      expect(Object.keys((await operatorSettings()).modelAudience).sort()).toEqual(ids.sort())
    })

    test("an invitation is created, listed without its secret, and revoked", async () => {
      const { actor } = await administrator()
      const { id, url } = await invite(actor, { note: "Class 7b", uses: 25, days: 7 })
      const [line] = await openInvitations()
      expect(line).toMatchObject({ id, note: "Class 7b", uses: 0, maxUses: 25, by: "Ada Admin" })
      expect(JSON.stringify(line)).not.toContain(url.split("#")[1])
      await uninvite(actor, id)
      expect(await openInvitations()).toEqual([])
      await expect(uninvite(actor, id)).rejects.toMatchObject({ code: "invitation:not_found" })
      const secret = url.split("#")[1] ?? "?"
      expect(JSON.stringify(await database().auditEntry.findMany())).not.toContain(secret)
    })
  })
}

export function reportCases(database: () => Database): void {
  describe("usage", () => {
    test("is aggregated by day, model and user, including days without usage", async () => {
      await database().user.deleteMany()
      const [ada, ben] = [await testAccount(), await testAccount()]
      const row = { inputTokens: 100, outputTokens: 10 }
      await database().usageDay.createMany({
        data: [
          { ...row, userId: ada.id, day: "2026-11-01", model: "a", answers: 1, costUsd: 0.5 },
          { ...row, userId: ada.id, day: "2026-11-03", model: "b", answers: 2, costUsd: 0.25 },
          { ...row, userId: ben.id, day: "2026-11-03", model: "a", answers: 4, costUsd: 2 },
          { ...row, userId: ben.id, day: "2026-10-31", model: "a", answers: 9, costUsd: 9 },
        ],
      })
      const report = await usageReport({ from: "2026-11-01", to: "2026-11-03" })
      expect(report.total).toEqual({ answers: 7, inputTokens: 300, outputTokens: 30, costUsd: 2.75 })
      expect(report.days.map(({ key, answers }) => [key, answers])).toEqual([
        ["2026-11-01", 1],
        ["2026-11-02", 0],
        ["2026-11-03", 6],
      ])
      expect(report.models.map(({ key, costUsd }) => [key, costUsd])).toEqual([
        ["a", 2.5],
        ["b", 0.25],
      ])
      expect(report.people.map(({ key, name, answers }) => [key, name, answers])).toEqual([
        [ben.id, "Max Member", 4],
        [ada.id, "Max Member", 3],
      ])
      const lines: string[] = []
      for await (const cells of usageCsv({ from: "2026-11-01", to: "2026-11-30" })) lines.push(lineOf(cells))
      expect(lines).toHaveLength(4)
      expect(lines[1]).toContain(`2026-11-01,${ada.id},Max Member,${ada.email},a,1,100,10,0.5`)
    })

    test("a date range is as requested, within a year", () => {
      const now = new Date("2026-11-29T12:00:00Z")
      expect(spanOf("", "", now)).toEqual({ from: "2026-10-31", to: "2026-11-29" })
      expect(spanOf("2026-11-01", "2026-11-05", now)).toEqual({ from: "2026-11-01", to: "2026-11-05" })
      expect(spanOf("2026-12-01", "2026-11-05", now)).toEqual({ from: "2026-11-05", to: "2026-11-05" })
      expect(spanOf("1990-01-01", "2026-11-29", now)).toEqual({ from: "2025-11-29", to: "2026-11-29" })
      expect(spanOf("x", "2026-02-31", now)).toEqual({ from: "2026-10-31", to: "2026-11-29" })
    })
  })

  describe("audit log", () => {
    test("is filtered by user and action, paginated, and exported as a file", async () => {
      await database().auditEntry.deleteMany()
      const entry = {
        actorId: "a",
        actorName: "Ada",
        targetId: "b",
        targetName: "=HYPERLINK(1)",
        address: "203.0.113.7",
      }
      await database().auditEntry.createMany({
        data: Array.from({ length: 120 }, (_, n) => ({
          ...{
            ...entry,
            id: uuidv7(),
            at: new Date(1_000 * n),
            action: n % 3 === 0 ? "account.deleted" : "settings.changed",
          },
        })),
      })
      const page = await auditPage({ person: "", action: "", page: 3 })
      expect(page).toMatchObject({ total: 120, actions: ["account.deleted", "settings.changed"] })
      expect(page.entries).toHaveLength(20)
      expect((await auditPage({ person: "ada", action: "account.deleted", page: 1 })).total).toBe(40)
      expect((await auditPage({ person: "nobody", action: "", page: 1 })).total).toBe(0)
      const lines: string[] = []
      for await (const cells of auditCsv({ person: "", action: "account.deleted" })) lines.push(lineOf(cells))
      expect(lines).toHaveLength(41)
      expect(lines[1]).toContain(`"'=HYPERLINK(1)"`)
    })
  })

  describe("links", () => {
    test("are listed with owner and reports, never with their content, and removed", async () => {
      const { actor } = await administrator()
      const owner = await testAccount()
      const conversationId = uuidv7()
      await database().conversation.create({ data: { id: conversationId, userId: owner.id, title: "t" } })
      const made = async (title: string, more: object = {}) => {
        const row = { userId: owner.id, conversationId, messages: ["secret words"], imageIds: [] }
        return database().share.create({ data: { ...row, id: uuidv7(), token: uuidv7(), title, ...more } })
      }
      const [first, over] = [await made("one"), await made("over", { expiresAt: new Date(0) })]
      await made("two", { passcodeHash: "$argon2id$secret", createdAt: new Date(Date.now() + 60_000) })
      await database().shareReport.create({ data: { id: uuidv7(), shareId: first.id, reason: "spam" } })
      const titles = async (order: "newest" | "reported") => (await linksPage(order, 1)).links.map(({ title }) => title)
      expect(await titles("newest")).toEqual(["two", "one"])
      expect(await titles("reported")).toEqual(["one", "two"])
      const { links } = await linksPage("reported", 1)
      expect(links[0]).toMatchObject({ user: { name: "Max Member" }, reported: 1, reports: [{ reason: "spam" }] })
      expect(links[1]).toMatchObject({ passcode: true })
      expect(JSON.stringify(links)).not.toContain("secret")
      await removeLink(actor, first.id)
      expect(await titles("newest")).toEqual(["two"])
      await expect(removeLink(actor, first.id)).rejects.toMatchObject({ code: "share:not_found" })
      expect(over.title).toBe("over")
    })
  })
}
