/** What administrators see of people and do to them, on either database. */
import { v7 as uuidv7 } from "uuid"
import { beforeEach, describe, expect, test } from "vitest"
import { requireActor } from "@/lib/admin/actor"
import { administrator } from "@/lib/admin/admin.fixture"
import { auditPage } from "@/lib/admin/audit-log"
import { changePerson, deletePerson, peoplePage, personOf, resetLinkFor } from "@/lib/admin/people"
import { testAccount, testGuest } from "@/lib/auth/guest.fixture"
import { findLink } from "@/lib/auth/one-time-links"
import { sessionOf } from "@/lib/auth/sessions"
import type { Database } from "@/lib/db/client"
import { NO_LIMIT } from "@/lib/limits"

const liveUser = async (cookie: string) => (await sessionOf(cookie.split("=")[1]))?.user ?? null
const today = () => new Date().toISOString().slice(0, 10)

export function peopleCases(database: () => Database): void {
  describe("people", () => {
    beforeEach(async () => void (await database().user.deleteMany()))

    test("are found by name and email, case-insensitively and without wildcards", async () => {
      await database().user.createMany({
        data: [
          { id: uuidv7(), guest: false, name: "Ada Lovelace", email: "ada@example.com" },
          { id: uuidv7(), guest: false, name: "100% Ben", email: "ben@example.org" },
          { id: uuidv7(), guest: true },
        ],
      })
      const names = async (text: string) =>
        (await peoplePage({ kind: "accounts", text, page: 1 })).people.map(({ name }) => name).sort()
      expect(await names("")).toEqual(["100% Ben", "Ada Lovelace"])
      expect(await names("LOVE")).toEqual(["Ada Lovelace"])
      expect(await names("example.ORG")).toEqual(["100% Ben"])
      expect(await names("%")).toEqual(["100% Ben"])
      expect(await names("_")).toEqual([])
      expect(await names('\'; DROP TABLE "User"; --')).toEqual([])
      expect((await peoplePage({ kind: "guests", text: "", page: 1 })).total).toBe(1)
    })

    test("ten thousand are paginated, each with their usage", { timeout: 240_000 }, async () => {
      const began = Date.parse("2026-01-01")
      const ids = Array.from({ length: 10_000 }, () => uuidv7())
      for (let from = 0; from < ids.length; from += 500)
        await database().user.createMany({
          data: ids.slice(from, from + 500).map((id, place) => ({
            ...{
              id,
              guest: false,
              name: `Person ${from + place}`,
              createdAt: new Date(began + (from + place) * 1_000),
            },
          })),
        })
      const userId = ids.at(-1) ?? ""
      const used = { userId, answers: 3, costUsd: 0.25 }
      await database().usageDay.createMany({
        data: [
          { ...used, day: today(), model: "a" },
          { ...used, day: today(), model: "b" },
          { ...used, day: "2020-01-01", model: "a" },
        ],
      })
      const first = await peoplePage({ kind: "accounts", text: "", page: 1 })
      expect(first.total).toBe(10_000)
      expect(first.people[0]).toMatchObject({ id: userId, answers: 6, spentUsd: 0.5, storedBytes: 0, lastSeenAt: null })
      const last = await peoplePage({ kind: "accounts", text: "", page: 200 })
      expect(last.people.at(-1)).toMatchObject({ name: "Person 0" })
      expect((await peoplePage({ kind: "accounts", text: "person 999", page: 1 })).total).toBe(11)
    })

    test("a disabled user loses all sessions; enabling restores access", async () => {
      const { actor } = await administrator()
      const member = await testAccount()
      await changePerson(actor, member.id, { disabled: true })
      expect(await liveUser(member.cookie)).toBeNull()
      expect((await peoplePage({ kind: "off", text: "", page: 1 })).people.map(({ id }) => id)).toEqual([member.id])
      await changePerson(actor, member.id, { disabled: false })
      expect(await liveUser(member.cookie)).toMatchObject({ id: member.id })
      expect(
        await database().auditEntry.findMany({ orderBy: { at: "asc" }, where: { targetId: member.id } }),
      ).toMatchObject([
        { action: "account.switched_off", actorId: actor.user.id, actorName: "Ada Admin", targetName: "Max Member" },
        { action: "account.switched_on" },
      ])
    })

    test("the admin role is granted and revoked; a revoked administrator loses admin access", async () => {
      const { actor } = await administrator()
      const other = await testAccount()
      await changePerson(actor, other.id, { admin: true })
      expect(await liveUser(other.cookie)).toMatchObject({ admin: true })
      const refused = (code: string) => ({ code })
      await expect(changePerson(actor, other.id, { disabled: true })).rejects.toMatchObject(refused("person:admin"))
      await expect(deletePerson(actor, other.id)).rejects.toMatchObject(refused("person:admin"))
      await changePerson(actor, other.id, { admin: false })
      const request = new Request("http://localhost:3000/api/admin", { headers: { cookie: other.cookie } })
      await expect(requireActor(request, "admin:people")).rejects.toMatchObject({ code: "auth:forbidden" })
    })

    test("administrators can't change themselves, guests have no role, and the last administrator stays", async () => {
      const { actor, id } = await administrator()
      for (const change of [{ admin: false }, { disabled: true }])
        await expect(changePerson(actor, id, change)).rejects.toMatchObject({ code: "person:self" })
      await expect(deletePerson(actor, id)).rejects.toMatchObject({ code: "person:self" })
      const guest = await testGuest()
      await expect(changePerson(actor, guest.id, { admin: true })).rejects.toMatchObject({ code: "person:guest" })
      await expect(changePerson(actor, uuidv7(), { admin: true })).rejects.toMatchObject({ code: "person:not_found" })
      // Two administrators remove each other's role at the same time: one of them keeps it.
      const second = await administrator()
      const rush = await Promise.allSettled([
        changePerson(actor, second.id, { admin: false }),
        changePerson(second.actor, id, { admin: false }),
      ])
      expect(rush.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      expect(await database().user.count({ where: { admin: true } })).toBe(1)
    })

    test("an administrator pending deletion does not count as a remaining one", async () => {
      const [leaving, staying] = [await administrator(), await administrator()]
      await database().user.update({ where: { id: leaving.id }, data: { deleteAfter: new Date(Date.now() + 60_000) } })
      await expect(changePerson(leaving.actor, staying.id, { admin: false })).rejects.toMatchObject({
        code: "person:last_admin",
      })
    })

    test("reset links created by an administrator are invalidated when they lose the role", async () => {
      const [first, second] = [await administrator(), await administrator()]
      const { url } = await resetLinkFor(second.actor, first.id)
      const secret = url.split("#")[1] ?? ""
      expect(await findLink("reset", secret)).toMatchObject({ userId: first.id })
      await changePerson(first.actor, second.id, { admin: false })
      await expect(findLink("reset", secret)).rejects.toMatchObject({ code: "account:link" })
    })

    test("a user's own quotas are stored, and take precedence over the default", async () => {
      const { actor } = await administrator()
      const member = await testAccount()
      const quotas = { answersPerDay: 7, spendPerMonthUsd: NO_LIMIT, storageMb: null }
      await changePerson(actor, member.id, { quotas })
      expect(await database().user.findUniqueOrThrow({ where: { id: member.id } })).toMatchObject(quotas)
      const { quotasOf } = await import("@/lib/admin/people")
      expect(await quotasOf(member.id)).toMatchObject({ own: quotas })
    })

    test("a deleted account is gone with all its data, and the log still names it", async () => {
      const { actor } = await administrator()
      const member = await testAccount()
      await deletePerson(actor, member.id)
      expect(await personOf(member.id)).toBeNull()
      const { entries } = await auditPage({ person: member.id, action: "account.deleted", page: 1 })
      expect(entries).toMatchObject([{ targetName: "Max Member" }])
    })

    test("a reset link is returned once, and the log contains no secret", async () => {
      const { actor } = await administrator()
      const member = await testAccount()
      const { url } = await resetLinkFor(actor, member.id)
      expect(url).toMatch(/\/reset#.{20,}/)
      const secret = url.split("#")[1] ?? "?"
      expect(JSON.stringify(await database().auditEntry.findMany())).not.toContain(secret)
      await changePerson(actor, member.id, { disabled: true })
      for (const { id } of [await testGuest(), member])
        await expect(resetLinkFor(actor, id)).rejects.toMatchObject({
          ...{ code: "person:guest", message: expect.stringContaining("reset link") },
        })
    })
  })
}
