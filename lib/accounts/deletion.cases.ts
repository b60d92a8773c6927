/** Account deletion by its owner, on either database. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { POST } from "@/app/api/account/deletion/route"
import { cancelAccountDeletion, deleteDueAccounts } from "@/lib/accounts/deletion"
import { signIn, signUp } from "@/lib/accounts/sign-in"
import { testAccount, testGuest, testSession } from "@/lib/auth/guest.fixture"
import { hashPassword } from "@/lib/auth/passwords"
import { sessionOfRequest } from "@/lib/auth/session"
import type { Database } from "@/lib/db/client"
import { startGuestDeletion } from "@/lib/db/people/deletion"
import { usageBy, usageLines } from "@/lib/db/people/usage"
import { createShareRow, liveShare } from "@/lib/db/shares"
import { importsOf, makeStage } from "@/lib/import/stage"
import { FORMER } from "@/lib/limits"

const DAY_MS = 86_400_000
const ORIGIN = "http://localhost:3000"

export function deletionCases(database: () => Database): void {
  const asking = (cookie: string, body: object) =>
    POST(
      new Request(`${ORIGIN}/api/account/deletion`, {
        method: "POST",
        headers: { cookie, origin: ORIGIN, host: "localhost:3000" },
        body: JSON.stringify(body),
      }),
      {},
    )
  const codeOf = async (response: Response) => (await response.json()).error.code
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

  async function withShare(userId: string) {
    const [conversationId, id] = [uuidv7(), uuidv7()]
    await database().conversation.create({ data: { id: conversationId, userId, title: "t" } })
    const token = id.replaceAll("-", "")
    await createShareRow(database(), { id, token, userId, conversationId, title: "t", messages: [], imageIds: [] })
    return token
  }

  test("with address and password: signed out everywhere, shares closed, deleted after a week", async () => {
    const member = await testAccount()
    await database().user.update({
      where: { id: member.id },
      data: { passwordHash: await hashPassword("a long password") },
    })
    const token = await withShare(member.id)
    expect(await liveShare(token)).not.toBeNull()
    expect(await codeOf(await asking(member.cookie, { password: "a long password" }))).toBe("account:address")
    expect(await codeOf(await asking(member.cookie, { email: member.email, password: "wrong" }))).toBe(
      "account:current_password",
    )
    expect(await liveShare(token)).not.toBeNull()
    const email = ` ${member.email.toUpperCase()}`
    expect((await asking(member.cookie, { email, password: "a long password" })).status).toBe(204)
    expect(await liveShare(token)).toBeNull()
    expect(await database().session.count({ where: { userId: member.id, revokedAt: null } })).toBe(0)
    expect(await deleteDueAccounts(inDays(6.9))).toBe(0)
    expect(await deleteDueAccounts(inDays(7.1))).toBe(1)
    expect(await database().user.count({ where: { id: member.id } })).toBe(0)
    expect(await database().conversation.count({ where: { userId: member.id } })).toBe(0)
    const log = await database().auditEntry.findMany({ where: { targetId: member.id }, orderBy: { at: "asc" } })
    expect(log.map(({ action }) => action)).toEqual(["account.deletion_asked", "account.deleted"])
  })

  const auditOf = async (targetId: string) =>
    (await database().auditEntry.findMany({ where: { targetId }, orderBy: { at: "asc" } })).map(({ action }) => action)
  const sessionOf = async (cookie: string) => {
    const session = await sessionOfRequest(new Request(ORIGIN, { headers: { cookie } }))
    if (!session) throw new Error("they are not signed in")
    return session
  }

  test("concurrent requests from two devices count as one; a later request keeps the first date", async () => {
    const member = await testAccount()
    const second = await testSession(member.id)
    const { email } = member
    const both = await Promise.all([member.cookie, second].map((cookie) => asking(cookie, { email })))
    // The second request may already have been signed out.
    expect(both.map(({ status }) => status).filter((status) => status !== 204 && status !== 401)).toEqual([])
    const first = await database().user.findUniqueOrThrow({ where: { id: member.id } })
    expect(first.deleteAfter).not.toBeNull()
    const later = await testSession(member.id)
    expect((await asking(later, { email })).status).toBe(204)
    const again = await database().user.findUniqueOrThrow({ where: { id: member.id } })
    expect(again.deleteAfter).toEqual(first.deleteAfter)
    expect(await auditOf(member.id)).toEqual(["account.deletion_asked"])
    expect(await database().session.count({ where: { userId: member.id, revokedAt: null } })).toBe(0)
  })

  test("requested while signing in on another device: nothing is lost, and whoever is signed in can cancel", async () => {
    const member = await testAccount()
    const password = "a long password"
    const passwordHash = await hashPassword(password)
    await database().user.update({ where: { id: member.id }, data: { passwordHash } })
    const token = await withShare(member.id)
    const { email } = member
    const signingIn = () =>
      signIn(new Request(`${ORIGIN}/api/account/sign-in`, { method: "POST", headers: { origin: ORIGIN } }), {
        email,
        password,
      })
    const [asked] = await Promise.all([asking(member.cookie, { email, password }), signingIn()])
    expect(asked.status).toBe(204)
    const entered = await signingIn()
    const cookie = entered.headers.getSetCookie().map((line) => line.split(";")[0])
    const session = await sessionOf(cookie.join("; "))
    await Promise.all([cancelAccountDeletion(session), cancelAccountDeletion(session)])
    expect(await liveShare(token)).not.toBeNull()
    await deleteDueAccounts(inDays(8))
    expect(await auditOf(member.id)).toEqual(["account.deletion_asked", "account.deletion_taken_back"])
  })

  test("canceled at the moment it is due, the account exists or is gone, consistent with the response", async () => {
    for (let n = 0; n < 6; n++) {
      const member = await testAccount()
      const session = await sessionOf(member.cookie)
      await database().user.update({ where: { id: member.id }, data: { deleteAfter: inDays(-1) } })
      const [kept] = await Promise.allSettled([
        cancelAccountDeletion(session),
        deleteDueAccounts(),
        deleteDueAccounts(),
      ])
      const left = await database().user.findUnique({ where: { id: member.id } })
      const said = kept.status === "fulfilled" && (await auditOf(member.id)).includes("account.deletion_taken_back")
      expect(left !== null).toBe(said)
      if (left) expect(left).toMatchObject({ deleteAfter: null, disabledAt: null })
      else expect(await auditOf(member.id)).toEqual(["account.deleted"])
    }
  })

  test("a guest who requests it while becoming an account gets one of both, never a deleted account", async () => {
    for (let n = 0; n < 6; n++) {
      const guest = await testGuest()
      const email = `${guest.id}@example.com`
      const headers = { cookie: guest.cookie, origin: ORIGIN }
      const signingUp = signUp(new Request(`${ORIGIN}/api/account`, { method: "POST", headers }), {
        ...{ email, password: "a long password", name: null },
      })
      const [deleted, made] = await Promise.allSettled([asking(guest.cookie, {}), signingUp])
      const left = await database().user.findUnique({ where: { id: guest.id } })
      const gone = deleted.status === "fulfilled" && deleted.value.status === 204
      expect(left === null).toBe(gone)
      // If the guest was removed first, the account is a new one.
      const account = await database().user.findUnique({ where: { email } })
      expect(account !== null).toBe(made.status === "fulfilled")
      if (account) expect(account).toMatchObject({ guest: false, disabledAt: null })
      if (left) expect(account?.id).toBe(guest.id)
    }
    const member = await testAccount()
    expect(await startGuestDeletion(member.id)).toBe(false)
    expect(await database().user.findUnique({ where: { id: member.id } })).toMatchObject({ disabledAt: null })
  })

  test("signing in before the date allows canceling it", async () => {
    const member = await testAccount()
    const token = await withShare(member.id)
    await database().user.update({ where: { id: member.id }, data: { deleteAfter: inDays(7) } })
    await cancelAccountDeletion(await sessionOf(member.cookie))
    expect(await liveShare(token)).not.toBeNull()
    expect(await deleteDueAccounts(inDays(8))).toBe(0)
  })

  test("canceled while others are deleted, the account stays; uploads for an import are deleted with an account", async () => {
    const [first, second] = [await testAccount(), await testAccount()]
    await database().user.updateMany({
      where: { id: { in: [first.id, second.id] } },
      data: { deleteAfter: inDays(-1) },
    })
    await makeStage(first.id, uuidv7())
    expect(await importsOf(first.id)).toHaveLength(1)
    const deleting = deleteDueAccounts()
    await database().user.update({ where: { id: second.id }, data: { deleteAfter: null } })
    await deleting
    expect(await database().user.count({ where: { id: first.id } })).toBe(0)
    expect(await database().user.count({ where: { id: second.id } })).toBe(1)
    expect(await importsOf(first.id)).toEqual([])
  })

  test("without a password the session must be recent", async () => {
    const member = await testAccount()
    await database().session.updateMany({ where: { userId: member.id }, data: { createdAt: inDays(-1) } })
    expect(await codeOf(await asking(member.cookie, { email: member.email }))).toBe("account:recent")
    await database().session.updateMany({ where: { userId: member.id }, data: { createdAt: new Date() } })
    expect((await asking(member.cookie, { email: member.email })).status).toBe(204)
  })

  test("the only administrator can't leave", async () => {
    await database().user.updateMany({ data: { admin: false } })
    const admin = await testAccount({ admin: true })
    expect(await codeOf(await asking(admin.cookie, { email: admin.email }))).toBe("account:only_admin")
    await testAccount({ admin: true })
    expect((await asking(admin.cookie, { email: admin.email })).status).toBe(204)
  })

  test("if the last two administrators leave concurrently, one stays", async () => {
    for (let n = 0; n < 5; n++) {
      await database().user.updateMany({ data: { admin: false } })
      const both = [await testAccount({ admin: true }), await testAccount({ admin: true })]
      const answers = await Promise.all(both.map(({ cookie, email }) => asking(cookie, { email })))
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
    }
  })

  test("deleted users' usage stays in the totals, aggregated and anonymous", async () => {
    const day = "2031-01-02"
    const used = { day, model: "m", inputTokens: 10, outputTokens: 5, costUsd: 0.25 }
    const people = [await testGuest(), await testGuest(), await testGuest()]
    await database().usageDay.createMany({ data: people.map(({ id }) => ({ ...used, userId: id, answers: 2 })) })
    for (const { cookie } of people.slice(0, 2)) expect((await asking(cookie, {})).status).toBe(204)
    const span = { from: day, to: day }
    expect(await usageBy("day", span, 9)).toMatchObject([{ answers: 6, inputTokens: 30, costUsd: 0.75 }])
    const byPerson = await usageBy("person", span, 9)
    expect(byPerson.map(({ key, answers }) => [key, answers])).toEqual([
      [FORMER, 4],
      [people[2]?.id, 2],
    ])
    const lines = await usageLines(span, { after: null, limit: 1 })
    expect(lines).toMatchObject([{ userId: FORMER, name: null, email: null, model: "m", answers: 4 }])
    const rest = await usageLines(span, { after: lines[0] ?? null, limit: 9 })
    expect(rest).toMatchObject([{ userId: people[2]?.id, answers: 2 }])
  })

  test("a guest, who could not sign in again, is deleted immediately", async () => {
    const guest = await testGuest()
    await withShare(guest.id)
    expect((await asking(guest.cookie, {})).status).toBe(204)
    expect(await database().user.count({ where: { id: guest.id } })).toBe(0)
  })
}
