/** Accounts that can sign in only after their address is confirmed. */
import { randomUUID } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { signIn, signUp } from "@/lib/accounts/sign-in"
import { verifyAddress } from "@/lib/accounts/verification"
import { testAccount, testGuest } from "@/lib/auth/guest.fixture"
import { makeVerifyLink } from "@/lib/auth/one-time-links"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { removeUnconfirmed } from "@/lib/db/people/accounts"
import { changeSettings, invalidateSettings } from "@/lib/operator/settings"
import { resetThrottles } from "@/lib/throttle/kept"

const PASSWORD = "correct horse battery"
const newAddress = () => `${randomUUID()}@corp.example`

export function confirmCases(database: () => Database): void {
  describe("an address that must be confirmed", () => {
    const asked = (cookie = "") => new Request("http://localhost:3000/api/account", { headers: { cookie } })
    const rowOf = (email: string) => database().user.findUniqueOrThrow({ where: { email } })

    beforeEach(async () => {
      resetThrottles()
      await database().throttle.deleteMany()
      await database().setting.deleteMany()
      invalidateSettings()
      config().accounts.mail = { smtpUrl: "smtp://127.0.0.1:9", from: "a@example.com" }
      await testAccount()
      await changeSettings({ mailDomains: ["corp.example"] })
    })
    afterEach(async () => {
      config().accounts.mail = null
      await database().setting.deleteMany()
      invalidateSettings()
    })

    test("signing up with an address of an allowed domain grants no access before its link is opened; the guest's chats move then", async () => {
      const [email, guest] = [newAddress(), await testGuest()]
      await database().conversation.create({ data: { id: randomUUID(), userId: guest.id, title: "t" } })
      const response = await signUp(asked(guest.cookie), { email, password: PASSWORD, name: null })
      expect([response.status, await response.json()]).toEqual([201, { confirm: true }])
      expect(response.headers.getSetCookie()).toEqual([])
      const enter = () => signIn(asked(guest.cookie), { email, password: PASSWORD })
      await expect(enter()).rejects.toMatchObject({ code: "account:unconfirmed" })
      await expect(signIn(asked(), { email, password: "wrong" })).rejects.toMatchObject({ code: "account:credentials" })
      const { id } = await rowOf(email)
      expect(await database().session.count({ where: { userId: id } })).toBe(0)
      expect(await database().conversation.count({ where: { userId: id } })).toBe(0)
      const { url } = await makeVerifyLink(id, email)
      await verifyAddress(url.split("#")[1] ?? "", null)
      expect((await enter()).status).toBe(204)
      expect(await database().conversation.count({ where: { userId: id } })).toBe(1)
    })

    test("resending links is rate-limited, and if mail is no longer configured users get in", async () => {
      const email = newAddress()
      await signUp(asked(), { email, password: PASSWORD, name: null })
      const codes: string[] = []
      for (let n = 0; n < 7; n++)
        codes.push(await signIn(asked(), { email, password: PASSWORD }).then(String, (error) => error.code))
      expect(codes).toEqual([...Array(5).fill("account:unconfirmed"), "limit:reached", "limit:reached"])
      config().accounts.mail = null
      expect((await signIn(asked(), { email, password: PASSWORD })).status).toBe(204)
    })

    test("invited users, the first account, and existing accounts need no confirmation", async () => {
      await changeSettings({ mailDomains: [] })
      const before = newAddress()
      await signUp(asked(), { email: before, password: PASSWORD, name: null })
      await changeSettings({ mailDomains: ["corp.example"] })
      expect((await signIn(asked(), { email: before, password: PASSWORD })).status).toBe(204)
      await database().user.deleteMany({ where: { guest: false } })
      expect((await signUp(asked(), { email: newAddress(), password: PASSWORD, name: null })).status).toBe(204)
    })

    test("accounts that are never confirmed are eventually removed, and no others", async () => {
      const [late, other] = [newAddress(), await testAccount()]
      await signUp(asked(), { email: late, password: PASSWORD, name: null })
      const { id } = await rowOf(late)
      await database().user.update({ where: { id }, data: { createdAt: new Date(Date.now() - 86_400_000) } })
      await database().user.update({ where: { id: other.id }, data: { createdAt: new Date(Date.now() - 86_400_000) } })
      expect(await removeUnconfirmed(new Date(Date.now() - 3_600_000))).toBe(1)
      expect(await database().user.count({ where: { id: { in: [id, other.id] } } })).toBe(1)
    })
  })
}
