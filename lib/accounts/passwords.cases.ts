/** Changing and resetting passwords, verifying addresses, disconnecting issuers. */
import { randomUUID } from "node:crypto"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { disconnect, ownAccountView, ownSessions } from "@/lib/accounts/own"
import { changeOwnPassword, resetPassword, sendReset } from "@/lib/accounts/passwords"
import { verifyAddress } from "@/lib/accounts/verification"
import { testAccount, testSession } from "@/lib/auth/guest.fixture"
import { makeResetLink, makeVerifyLink } from "@/lib/auth/one-time-links"
import { hashPassword, isPassword } from "@/lib/auth/passwords"
import { sessionOf } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { resetThrottles } from "@/lib/throttle/kept"

const OLD = "correct horse battery"
const NEW = "another fine password"
const request = () => new Request("http://localhost:3000/api/account/password")
const secretOf = ({ url }: { url: string }) => url.split("#")[1] ?? ""

export function passwordCases(database: () => Database): void {
  const withPassword = async () => {
    const account = await testAccount()
    await database().user.update({
      where: { id: account.id },
      data: { passwordHash: await hashPassword(OLD), emailVerifiedAt: null },
    })
    const session = await sessionOf(account.cookie.split("=")[1])
    if (!session) throw new Error("no session")
    return { ...account, session }
  }
  const hashOf = async (id: string) => (await database().user.findUniqueOrThrow({ where: { id } })).passwordHash

  beforeEach(async () => {
    resetThrottles()
    await database().throttle.deleteMany()
  })
  afterEach(() => {
    vi.useRealTimers()
    config().accounts.adminEmail = null
    config().accounts.mail = null
  })

  test("a change requires the current password and ends all other sessions", async () => {
    const { id, session, cookie } = await withPassword()
    const second = await testSession(id)
    await expect(changeOwnPassword(request(), session, { current: "wrong", password: NEW })).rejects.toMatchObject({
      code: "account:current_password",
    })
    expect((await ownSessions(session)).map(({ current }) => current).sort()).toEqual([false, true])
    await changeOwnPassword(request(), session, { current: OLD, password: NEW })
    expect(await isPassword(NEW, await hashOf(id))).toBe(true)
    expect(await sessionOf(second.split("=")[1])).toBeNull()
    expect((await sessionOf(cookie.split("=")[1]))?.user.id).toBe(id)
    expect(await database().auditEntry.count({ where: { action: "password.changed", targetId: id } })).toBe(1)
  })

  test("guessing the password from an open session is no faster than elsewhere", async () => {
    const { session } = await withPassword()
    // Freezes time, so that no delay expires however long hashing takes.
    vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] })
    const wrong = () => changeOwnPassword(request(), session, { current: "wrong", password: NEW })
    const codes: string[] = []
    for (let n = 0; n < 20; n++)
      codes.push(
        await wrong().then(
          () => "in",
          (error) => error.code,
        ),
      )
    expect(codes.filter((code) => code === "account:current_password").length).toBeLessThan(10)
    expect(codes.at(-1)).toBe("limit:reached")
  })

  test("a first password can be set only soon after signing in", async () => {
    const account = await testAccount()
    const session = await sessionOf(account.cookie.split("=")[1])
    if (!session) throw new Error("no session")
    const choose = () => changeOwnPassword(request(), session, { current: null, password: NEW })
    const where = { id: session.id }
    await database().session.update({ where, data: { createdAt: new Date(Date.now() - 3_600_000) } })
    await expect(choose()).rejects.toMatchObject({ code: "account:recent" })
    await database().session.update({ where, data: { createdAt: new Date() } })
    await choose()
    expect(await isPassword(NEW, await hashOf(account.id))).toBe(true)
  })

  test("a reset link works once, ends all sessions, and confirms the address it was mailed to", async () => {
    const { id, email, cookie } = await withPassword()
    const [first, second] = [await makeResetLink(id, email), await makeResetLink(id)]
    await expect(resetPassword(request(), secretOf(first), "short")).rejects.toMatchObject({ code: "account:password" })
    const both = await Promise.allSettled([
      resetPassword(request(), secretOf(first), NEW),
      resetPassword(request(), secretOf(first), NEW),
    ])
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect(await isPassword(NEW, await hashOf(id))).toBe(true)
    expect(await sessionOf(cookie.split("=")[1])).toBeNull()
    expect((await database().user.findUniqueOrThrow({ where: { id } })).emailVerifiedAt).not.toBeNull()
    // The other open link can't be used to get back in.
    for (const link of [first, second])
      await expect(resetPassword(request(), secretOf(link), OLD)).rejects.toMatchObject({ code: "account:link" })
    expect(await database().auditEntry.count({ where: { action: "password.reset", targetId: id } })).toBe(1)
    const rows = await database().oneTimeLink.findMany({ where: { userId: id } })
    expect(JSON.stringify(rows)).not.toContain(secretOf(first))
  })

  test("the owner of the address gets sole access: no way in is left for someone who only typed it", async () => {
    const { id, email } = await withPassword()
    const connect = () =>
      database().account.create({ data: { id: randomUUID(), userId: id, provider: "github", subject: randomUUID() } })
    await connect()
    await makeVerifyLink(id, email)
    await resetPassword(request(), secretOf(await makeResetLink(id, email)), NEW)
    expect(await database().account.count({ where: { userId: id } })).toBe(0)
    expect(await database().oneTimeLink.count({ where: { userId: id, usedAt: null } })).toBe(0)
    // From now on, connected issuers are the owner's.
    await connect()
    await resetPassword(request(), secretOf(await makeResetLink(id, email)), OLD)
    expect(await database().account.count({ where: { userId: id } })).toBe(1)
  })

  test("a former administrator doesn't regain the role through a new password", async () => {
    const { id, email } = await withPassword()
    config().accounts.adminEmail = email
    const reset = async () => resetPassword(request(), secretOf(await makeResetLink(id, email)), NEW)
    const isAdmin = async () => (await database().user.findUniqueOrThrow({ where: { id } })).admin
    await reset()
    expect(await isAdmin()).toBe(true)
    await database().user.update({ where: { id }, data: { admin: false } })
    await reset()
    expect(await isAdmin()).toBe(false)
  })

  test("a link handed over by an administrator confirms no address; a link is valid for its purpose and time only", async () => {
    const { id, email } = await withPassword()
    await resetPassword(request(), secretOf(await makeResetLink(id)), NEW)
    expect((await database().user.findUniqueOrThrow({ where: { id } })).emailVerifiedAt).toBeNull()
    const [late, verify] = [await makeResetLink(id), await makeVerifyLink(id, email)]
    await database().oneTimeLink.updateMany({
      where: { userId: id, kind: "reset" },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    for (const link of [late, verify])
      await expect(resetPassword(request(), secretOf(link), OLD)).rejects.toMatchObject({ code: "account:link" })
  })

  test("a confirmed address belongs to the account, and makes it an administrator if ADMIN_EMAIL names it", async () => {
    const { id, email } = await withPassword()
    const others = await makeVerifyLink(id, "other@example.com")
    await expect(verifyAddress(secretOf(others), null)).rejects.toMatchObject({ code: "account:link" })
    config().accounts.adminEmail = email
    const link = await makeVerifyLink(id, email)
    // Someone may sign up with the operator's address and wait for the operator to open the link: in the operator's own
    // browser, it verifies nothing.
    for (const asker of [null, (await testAccount()).id])
      await expect(verifyAddress(secretOf(link), asker)).rejects.toMatchObject({
        sentence: { key: "account:link/sign_in" },
      })
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ admin: false, emailVerifiedAt: null },
    })
    await verifyAddress(secretOf(link), id)
    expect(await database().user.findUniqueOrThrow({ where: { id } })).toMatchObject({ admin: true })
    expect(await ownAccountView(id)).toMatchObject({ verified: true, admin: true })
    await expect(verifyAddress(secretOf(link), id)).rejects.toMatchObject({ code: "account:link" })
  })

  test("requesting a link is rate-limited by address and network, alike for known and unknown addresses", async () => {
    await expect(sendReset(request(), "a@example.com")).rejects.toMatchObject({ code: "account:no_mail" })
    config().accounts.mail = { smtpUrl: "smtp://127.0.0.1:9", from: "a@example.com" }
    const { email } = await withPassword()
    for (const address of [email, "nobody@example.com"]) {
      const codes: string[] = []
      for (let n = 0; n < 8; n++)
        codes.push(
          await sendReset(request(), address).then(
            () => "sent",
            (error) => error.code,
          ),
        )
      expect(codes.filter((code) => code === "sent")).toHaveLength(5)
      expect(codes.at(-1)).toBe("limit:reached")
    }
  })

  test("the last sign-in method can't be disconnected, nor both of two concurrently", async () => {
    const account = await testAccount()
    const session = await sessionOf(account.cookie.split("=")[1])
    if (!session) throw new Error("no session")
    const [one, two] = [randomUUID(), randomUUID()]
    for (const [id, provider] of [
      [one, "github"],
      [two, "google"],
    ] as const)
      await database().account.create({ data: { id, userId: account.id, provider, subject: id } })
    const both = await Promise.allSettled([disconnect(session, one), disconnect(session, two)])
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect(await database().account.count({ where: { userId: account.id } })).toBe(1)
    const left = await database().account.findFirstOrThrow({ where: { userId: account.id } })
    await expect(disconnect(session, left.id)).rejects.toMatchObject({ code: "account:last_way" })
    await database().user.update({ where: { id: account.id }, data: { passwordHash: await hashPassword(OLD) } })
    await disconnect(session, left.id)
    await expect(disconnect(session, left.id)).rejects.toMatchObject({ code: "account:not_found" })
  })
}
