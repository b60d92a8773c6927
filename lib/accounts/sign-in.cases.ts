/**
 * Accounts with address and password: who may create one, what a guest keeps, who becomes administrator, and guessing.
 */
import { randomUUID } from "node:crypto"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { enter } from "@/lib/accounts/enter"
import { signIn, signUp } from "@/lib/accounts/sign-in"
import { testAccount, testGuest } from "@/lib/auth/guest.fixture"
import { makeInvitation } from "@/lib/auth/invitations"
import { hashPassword } from "@/lib/auth/passwords"
import { sessionOf } from "@/lib/auth/sessions"
import { sessionCookieName } from "@/lib/auth/token"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { changeSettings, invalidateSettings } from "@/lib/operator/settings"
import { resetThrottles } from "@/lib/throttle/kept"

const PASSWORD = "correct horse battery"
const SECRET = "secret"

/** From a random network, unless one is given. */
const asked = (cookie = "", address = `10.1.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`) =>
  new Request("http://localhost:3000/api/account", {
    headers: { cookie, "x-sparkler-peer": `${SECRET} direct ${address}`, "user-agent": "Mozilla/5.0 Firefox/140.0" },
  })

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "")
const userOf = async (response: Response) => {
  const token = cookiesOf(response).find((pair) => pair.startsWith(`${sessionCookieName()}=`))
  return (await sessionOf(token?.split("=")[1]))?.user ?? null
}

const newAddress = () => `${randomUUID()}@example.com`

export function signInCases(database: () => Database): void {
  const rowOf = (id = "") => database().user.findUniqueOrThrow({ where: { id } })
  const made = async (cookie = "", email = newAddress()) => {
    const response = await signUp(asked(cookie), { email, password: PASSWORD, name: null })
    const user = await userOf(response)
    if (!user) throw new Error("no session")
    return { response, user, email }
  }

  beforeEach(async () => {
    Reflect.set(globalThis, Symbol.for("sparkler.peer"), { value: SECRET })
    resetThrottles()
    await database().throttle.deleteMany()
    await database().setting.deleteMany()
    invalidateSettings()
  })
  afterEach(() => {
    vi.useRealTimers()
    config().accounts.adminEmail = null
  })

  test("a guest becomes the account and keeps everything; a new session replaces the old one", async () => {
    const guest = await testGuest()
    const chat = { id: randomUUID(), userId: guest.id, title: "t" }
    await database().conversation.create({ data: chat })
    const { response, user, email } = await made(guest.cookie, `  ${guest.id}@EXAMPLE.com `)
    expect(user).toMatchObject({ id: guest.id, guest: false, email: `${guest.id}@example.com` })
    expect(email).not.toBe(user.email)
    expect(await sessionOf(guest.cookie.split("=")[1])).toBeNull()
    expect(await database().conversation.count({ where: { userId: user.id } })).toBe(1)
    const row = await rowOf(user.id)
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    const live = await database().session.findMany({ where: { userId: user.id, revokedAt: null } })
    expect(live).toMatchObject([{ device: "Mozilla/5.0 Firefox/140.0", address: expect.stringMatching(/^10\.1\./) }])
    expect(JSON.stringify([...response.headers])).not.toContain(PASSWORD)
  })

  test("a password changed during a sign-in with it grants no access", async () => {
    const { user } = await made()
    const { passwordHash } = await rowOf(user.id)
    await database().user.update({ where: { id: user.id }, data: { passwordHash: await hashPassword("another one") } })
    const live = () => database().session.count({ where: { userId: user.id, revokedAt: null } })
    const before = await live()
    const late = enter(user.id, { headers: new Headers(), before: null, passwordHash })
    await expect(late).rejects.toMatchObject({ code: "account:credentials" })
    expect(await live()).toBe(before)
  })

  test("a name is one line, and an empty one is null", async () => {
    const named = async (name: string) => {
      const response = await signUp(asked(), { email: newAddress(), password: PASSWORD, name })
      return (await userOf(response))?.name
    }
    expect(await named("  ")).toBeNull()
    expect(await named(" Ada\n\u0000Lovelace ")).toBe("Ada Lovelace")
  })

  test("signing in elsewhere shows the same account; a guest's chats move to it, another account's stay", async () => {
    const { user, email } = await made()
    const [guest, other] = [await testGuest(), await testAccount()]
    for (const { id } of [guest, other])
      await database().conversation.create({ data: { id: randomUUID(), userId: id, title: "t" } })
    const merged = await signIn(asked(guest.cookie), { email, password: PASSWORD })
    expect((await userOf(merged))?.id).toBe(user.id)
    expect(cookiesOf(merged).some((pair) => /^sparkler-moved=[0-9a-f]{16}\.[0-9a-f]{16}$/.test(pair))).toBe(true)
    expect(await database().conversation.count({ where: { userId: user.id } })).toBe(1)
    const changed = await signIn(asked(other.cookie), { email, password: PASSWORD })
    expect((await userOf(changed))?.id).toBe(user.id)
    expect(await database().conversation.count({ where: { userId: other.id } })).toBe(1)
    expect(await sessionOf(other.cookie.split("=")[1])).toBeNull()
  })

  test("one of many concurrent sign-ups with the same address succeeds", async () => {
    const email = newAddress()
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => made("", email)))
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    for (const tried of tries)
      if (tried.status === "rejected") expect(tried.reason).toMatchObject({ code: "account:taken" })
    expect(await database().user.count({ where: { email } })).toBe(1)
  })

  test("of many concurrent first accounts, one becomes administrator", async () => {
    await database().user.deleteMany({ where: { guest: false } })
    const all = await Promise.all(Array.from({ length: 5 }, () => made()))
    expect(all.filter(({ user }) => user.admin)).toHaveLength(1)
    expect((await made()).user.admin).toBe(false)
    expect(
      await database().auditEntry.count({
        where: { action: "admin.made", targetId: all.find(({ user }) => user.admin)?.user.id },
      }),
    ).toBe(1)
  })

  test("with ADMIN_EMAIL set, no other first account is an administrator, and nobody becomes one by typing it later", async () => {
    await database().user.deleteMany({ where: { guest: false } })
    config().accounts.adminEmail = "boss@example.com"
    expect((await made()).user.admin).toBe(false)
    expect((await made("", "boss@example.com")).user.admin).toBe(false)
    await database().user.deleteMany({ where: { guest: false } })
    await changeSettings({ signUp: "closed" })
    expect((await made("", "boss@example.com")).user.admin).toBe(true)
  })

  test("the operator decides who may create an account", async () => {
    const refused = (code: string) => expect(made()).rejects.toMatchObject({ key: code })
    await changeSettings({ signUp: "closed" })
    await refused("account:sign_up/closed")
    await changeSettings({ signUp: "sso" })
    await refused("account:sign_up/sso")
    await changeSettings({ signUp: "open", mailDomains: ["bücher.example"] })
    await refused("account:sign_up/domain")
    await expect(made("", "a@sub.bücher.example")).rejects.toMatchObject({ key: "account:sign_up/domain" })
    expect((await made("", "a@xn--bcher-kva.example")).user.email).toBe("a@xn--bcher-kva.example")
  })

  test("an invitation works as often as allowed, even concurrently, and not after it expires", async () => {
    await changeSettings({ signUp: "invited" })
    await expect(made()).rejects.toMatchObject({ key: "account:sign_up/invited" })
    const cookie = ({ url }: { url: string }) => `sparkler-invitation=${url.split("#")[1]}`
    const invitation = await makeInvitation({ createdById: null, maxUses: 2 })
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => made(cookie(invitation))))
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2)
    const over = await makeInvitation({ createdById: null, expiresAt: new Date(Date.now() - 1) })
    const revoked = await makeInvitation({ createdById: null, maxUses: 9 })
    await database().invitation.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } })
    for (const each of [invitation, over, revoked])
      await expect(made(cookie(each))).rejects.toMatchObject({ code: "account:invitation" })
    // Failing for another reason doesn't use up the invitation.
    const kept = await makeInvitation({ createdById: null })
    const { email } = await database().user.findFirstOrThrow({ where: { email: { not: null } } })
    await expect(made(cookie(kept), email ?? "")).rejects.toMatchObject({ code: "account:taken" })
    expect((await made(cookie(kept))).user.guest).toBe(false)
  })

  test("an unknown address, a wrong password, and an account without a password give the same error", async () => {
    const { email } = await made()
    const { email: without } = await testAccount()
    const said = await Promise.all(
      [email, without, newAddress()].map((each) =>
        signIn(asked(), { email: each, password: "wrong password" }).catch((error: Error) => error.message),
      ),
    )
    expect(new Set(said).size).toBe(1)
  })

  test("a disabled user learns so only with the right password", async () => {
    const { user, email } = await made()
    await database().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
    await expect(signIn(asked(), { email, password: PASSWORD })).rejects.toMatchObject({ code: "account:off" })
    await expect(signIn(asked(), { email, password: "no" })).rejects.toMatchObject({ code: "account:credentials" })
  })

  test("1,000 wrong passwords: the right one works after the delay, known browsers and other users immediately", async () => {
    const { email, response } = await made()
    const other = await made()
    const known = cookiesOf(response).find((pair) => pair.startsWith("sparkler-known=")) ?? ""
    const attack = "203.0.113.66"
    // Freezes time, so that no delay expires during these attempts, however long they take.
    const now = Date.now()
    vi.useFakeTimers({ now, toFake: ["Date"] })
    const tries = await Promise.allSettled(
      Array.from({ length: 1_000 }, (_, n) => signIn(asked("", attack), { email, password: `guess ${n}` })),
    )
    const codes = tries.map((tried) => (tried.status === "rejected" ? tried.reason.code : "in"))
    expect(codes.filter((code) => code === "in")).toHaveLength(0)
    expect(codes.filter((code) => code === "account:credentials").length).toBeLessThan(10)
    const refused = await signIn(asked("", attack), { email, password: PASSWORD }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: "limit:reached", retryAfterS: expect.any(Number) })
    // The owner from elsewhere, the owner's own browser in the same network, and someone else in that network.
    expect(await userOf(await signIn(asked(), { email, password: PASSWORD }))).not.toBeNull()
    expect(await userOf(await signIn(asked(known, attack), { email, password: PASSWORD }))).not.toBeNull()
    expect(await userOf(await signIn(asked("", attack), { email: other.email, password: PASSWORD }))).not.toBeNull()
    const seconds = Number(Reflect.get(Object(refused), "retryAfterS"))
    vi.setSystemTime(now + seconds * 1_000)
    expect(await userOf(await signIn(asked("", attack), { email, password: PASSWORD }))).not.toBeNull()
    const { length } = await database().auditEntry.findMany({ where: { action: "sign_in.limited", address: attack } })
    expect(length).toBe(1)
  })

  test("a restart forgets neither wrong passwords nor delays", async () => {
    const { email } = await made()
    // Freezes time, so that the delay doesn't expire however long hashing takes.
    vi.useFakeTimers({ now: Date.now(), toFake: ["Date"] })
    const guess = (password: string) => signIn(asked("", "203.0.113.77"), { email, password })
    for (let n = 0; n < 6; n++) await expect(guess("wrong")).rejects.toMatchObject({ code: "account:credentials" })
    // Clears everything this process has cached.
    resetThrottles()
    await expect(guess(PASSWORD)).rejects.toMatchObject({ code: "limit:reached" })
  })

  test("an office behind one address isn't locked out by someone's typos", async () => {
    const hash = await hashPassword(PASSWORD)
    const people = await Promise.all(Array.from({ length: 60 }, () => testAccount()))
    await database().user.updateMany({
      where: { id: { in: people.map(({ id }) => id) } },
      data: { passwordHash: hash },
    })
    for (const { email } of people) {
      await expect(signIn(asked("", "198.51.100.1"), { email, password: "wrong" })).rejects.toMatchObject({
        code: "account:credentials",
      })
      expect(await userOf(await signIn(asked("", "198.51.100.1"), { email, password: PASSWORD }))).not.toBeNull()
    }
  })
}
